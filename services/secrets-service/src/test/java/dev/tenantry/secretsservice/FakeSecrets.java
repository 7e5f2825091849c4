package dev.tenantry.secretsservice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

/** Secrets in memory, and what an API server has against them. */
final class FakeSecrets implements Secrets {

    final Map<NamespacedName, Manifest> objects = new HashMap<>();
    final Map<NamespacedName, LiveSecret> known = new HashMap<>();
    private final Map<NamespacedName, Manifest> applied = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    /** What the calls of creations and writes fail with, in order, before any succeeds. */
    final Deque<RuntimeException> refusals = new ArrayDeque<>();
    /** What others do before each call of a creation or write: the owners' patch, the apply, the removal. */
    final Deque<Runnable> others = new ArrayDeque<>();

    @Override
    public Optional<LiveSecret> known(NamespacedName name) {
        return Optional.ofNullable(known.get(name));
    }

    @Override
    public Optional<Manifest> read(NamespacedName name) {
        calls.add("read");
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public boolean create(Manifest secret) {
        calls.add("create");
        interfere();
        NamespacedName name = secret.ref().namespacedName();
        if (objects.putIfAbsent(name, at(secret, 1)) != null) {
            return false;
        }
        applied.put(name, secret);
        return true;
    }

    @Override
    public void write(SecretPlan.Write change) {
        calls.add("write");
        NamespacedName name = change.secret().ref().namespacedName();
        String version = change.resourceVersion();
        if (change.owners() != null) {
            version = changed(name, version, live -> merged(live, change.owners()));
        }
        version = changed(name, version, live -> applied(live, change.secret()));
        applied.put(name, change.secret());
        if (change.removal() != null) {
            changed(name, version, live -> merged(live, change.removal()));
        }
    }

    private String changed(NamespacedName name, String expected, UnaryOperator<ObjectNode> change) {
        interfere();
        Manifest live = objects.get(name);
        if (live == null) {
            throw Examples.refusal(404, "NotFound", "secrets \"database\" not found");
        }
        long version = live.at("metadata", "resourceVersion").asLong();
        if (!expected.equals(Long.toString(version))) {
            throw Examples.refusal(409, "Conflict", "the object has been modified");
        }
        Manifest now = at(live.with(change), version + 1);
        if (owners(now).stream().filter(owner -> owner.path("controller").asBoolean()).count() > 1) {
            throw Examples.refusal(422, "Invalid", "only one reference can have controller set to true");
        }
        objects.put(name, now);
        return Long.toString(version + 1);
    }

    /** Merge as RFC 7386 has it. */
    private static ObjectNode merged(ObjectNode live, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                live.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner) {
                merged(live.withObjectProperty(field.getKey()), inner);
            } else {
                live.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        return live;
    }

    /** Apply: owners are a list by uid, and one that is applied no more goes. */
    private ObjectNode applied(ObjectNode live, Manifest secret) {
        Map<String, JsonNode> owners = new LinkedHashMap<>();
        owners(Manifest.of(live)).forEach(owner -> owners.put(owner.path("uid").asText(), owner));
        Manifest before = applied.get(secret.ref().namespacedName());
        if (before != null) {
            owners(before).forEach(owner -> owners.remove(owner.path("uid").asText()));
        }
        owners(secret).forEach(owner -> owners.put(owner.path("uid").asText(), owner));
        ObjectNode now = merged(live, secret.json());
        ObjectNode metadata = now.withObjectProperty("metadata");
        metadata.remove("ownerReferences");
        if (!owners.isEmpty()) {
            metadata.putArray("ownerReferences").addAll(owners.values());
        }
        return now;
    }

    private static List<JsonNode> owners(Manifest secret) {
        List<JsonNode> owners = new ArrayList<>();
        secret.at("metadata", "ownerReferences").forEach(owners::add);
        return owners;
    }

    private void interfere() {
        if (!others.isEmpty()) {
            others.poll().run();
        }
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
    }

    static Manifest at(Manifest secret, long version) {
        return secret.with((ObjectNode json) -> {
            json.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
            return json;
        });
    }
}
