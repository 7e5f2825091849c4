package dev.tenantry.secretsservice.sealing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.scope.Scope;

/**
 * Moves SealedSecrets to the newest key of their namespace, so that older ones can be retired. Thread-safe.
 *
 * <p>The scope is that of the SealedSecret's own annotations, never of its template's, which anybody may edit without the
 * values failing to open. The template and its templates of data stay as they are.
 */
public final class Resealer {

    private final boolean takesOldData;

    /** @param takesOldData whether the deprecated {@code spec.data} is taken; it becomes {@code spec.encryptedData} */
    public Resealer(boolean takesOldData) {
        this.takesOldData = takesOldData;
    }

    /**
     * Encrypt each value anew that is not under the newest key yet, in the scope that it has.
     *
     * <p>What a key that is limited to namespaces opened stays with keys that are: else a value could be carried out of its
     * namespaces. What is sealed for the whole cluster by the cluster's key gets the cluster's newest, even where a
     * namespace has keys of its own, so that it still opens elsewhere.
     *
     * @throws IllegalArgumentException when the object is no SealedSecret
     */
    public Resealed reseal(Manifest object, KeyRing keys) {
        SealedContent sealed = SealedContent.of(object);
        Optional<Unsealed.Refused> refusal = sealed.refusedForm(takesOldData);
        if (refusal.isPresent()) {
            return Resealed.Refused.as(refusal.get());
        }
        Opening opening = new Opening(sealed, keys);
        Successors successors = new Successors(sealed, keys);
        return sealed.data() == null
                ? resealItems(object, sealed, opening, successors)
                : resealWhole(object, sealed, opening, successors);
    }

    /** Which key comes after the one that opened a value. */
    private record Successors(SealedContent sealed, KeyRing keys) {

        SealingKey of(SealingKey opener) {
            String namespace = sealed.scope() == Scope.CLUSTER_WIDE ? "" : sealed.name().namespace();
            return (opener.isLimited() ? keys.newestLike(opener) : keys.sealing(namespace)).orElse(opener);
        }
    }

    private static Resealed resealItems(Manifest object, SealedContent sealed, Opening opening, Successors successors) {
        Map<String, String> anew = new TreeMap<>();
        Set<Fingerprint> used = new TreeSet<>();
        sealed.encryptedData().forEach((item, value) -> opening.open(item, value).ifPresent(plain -> {
            SealingKey opener = opening.opener(item);
            SealingKey successor = successors.of(opener);
            used.add(successor.fingerprint());
            if (!successor.fingerprint().equals(opener.fingerprint())) {
                anew.put(item, new Sealer(successor.publicKey()).seal(plain, sealed.name(), sealed.scope()));
            }
        }));
        if (opening.hasFailed()) {
            return Resealed.Refused.as(opening.refusal());
        }
        Manifest result = anew.isEmpty() ? object : object.with(json -> {
            ObjectNode encrypted = json.withObjectProperty("spec").withObjectProperty("encryptedData");
            anew.forEach(encrypted::put);
            return json;
        });
        return new Resealed.Done(naming(used, result), List.copyOf(used), List.copyOf(anew.keySet()));
    }

    /** Take apart what the first version of the kind encrypted as a whole. */
    private static Resealed resealWhole(Manifest object, SealedContent sealed, Opening opening, Successors successors) {
        Optional<byte[]> plain = opening.open(WholeSecret.ITEM, String.valueOf(sealed.data()));
        if (plain.isEmpty()) {
            return Resealed.Refused.as(opening.refusal());
        }
        Optional<Manifest> inside = WholeSecret.read(plain.get());
        if (inside.isEmpty()) {
            return Resealed.Refused.as(WholeSecret.refusal());
        }
        Manifest secret = inside.get().with(json -> {
            ObjectNode metadata = json.withObjectProperty("metadata");
            metadata.put("name", sealed.name().name());
            metadata.put("namespace", sealed.name().namespace());
            return json;
        });
        SealingKey newest = successors.of(opening.opener(WholeSecret.ITEM));
        ObjectNode spec = (ObjectNode) new Sealer(newest.publicKey()).seal(secret, sealed.scope()).json().get("spec");
        if (sealed.isUnowned()) {
            // Of the template, this alone counts beside spec.data.
            spec.withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, "true");
        }
        List<String> items = new ArrayList<>();
        spec.get("encryptedData").fieldNames().forEachRemaining(items::add);
        Manifest result = object.with(json -> {
            json.set("spec", spec);
            return json;
        });
        List<Fingerprint> used = List.of(newest.fingerprint());
        return new Resealed.Done(naming(used, result), used, List.copyOf(items));
    }

    /** Correct the name of the key where the file has one. */
    private static Manifest naming(Collection<Fingerprint> keys, Manifest sealed) {
        if (!sealed.annotations().containsKey(Sealer.SEALED_WITH)) {
            return sealed;
        }
        return sealed.withAnnotations(Map.of(Sealer.SEALED_WITH,
                keys.stream().map(Fingerprint::text).collect(Collectors.joining(","))));
    }
}
