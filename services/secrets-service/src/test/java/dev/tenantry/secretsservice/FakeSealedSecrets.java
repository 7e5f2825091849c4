package dev.tenantry.secretsservice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;

/** SealedSecrets in memory. */
final class FakeSealedSecrets implements SealedSecrets {

    final Map<NamespacedName, Manifest> objects = new LinkedHashMap<>();
    final List<ObjectNode> statuses = new ArrayList<>();
    int reads;
    /** What others do before each write of a status. */
    Runnable others = () -> {};
    /** What every request fails with, if anything. */
    ApiException refusal;

    void put(Manifest object) {
        objects.put(object.ref().namespacedName(), object);
    }

    @Override
    public Optional<KnownSealedSecret> known(NamespacedName name) {
        return Optional.ofNullable(objects.get(name)).map(Examples::known);
    }

    @Override
    public Collection<KnownSealedSecret> all() {
        return objects.values().stream().map(Examples::known).toList();
    }

    @Override
    public Optional<Manifest> read(NamespacedName name) {
        refuse();
        reads++;
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public Optional<KnownSealedSecret> write(KnownSealedSecret sealed, ObjectNode status) {
        refuse();
        others.run();
        Manifest object = objects.get(sealed.name());
        if (object == null
                || !object.at("metadata", "resourceVersion").asText().equals(sealed.resourceVersion())) {
            return Optional.empty();
        }
        statuses.add(status);
        put(next(object, json -> json.set("status", status)));
        return known(sealed.name());
    }

    /** Change one in a new version. */
    static Manifest next(Manifest object, Consumer<ObjectNode> change) {
        return Examples.changed(object, json -> {
            long version = object.at("metadata", "resourceVersion").asLong();
            json.withObjectProperty("metadata").put("resourceVersion", Long.toString(version + 1));
            change.accept(json);
        });
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }
}
