package dev.tenantry.secretsservice.sealing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
     * <p>What is sealed for the whole cluster gets the cluster's newest key even where a namespace has keys of its own, so
     * that it still opens elsewhere.
     *
     * @throws IllegalArgumentException when the object is no SealedSecret
     */
    public Resealed reseal(Manifest object, KeyRing keys) {
        SealedContent sealed = SealedContent.of(object);
        Optional<Unsealed.Refused> refusal = sealed.refusedForm(takesOldData);
        if (refusal.isPresent()) {
            return Resealed.Refused.as(refusal.get());
        }
        Optional<SealingKey> newest = newest(sealed, keys);
        if (newest.isEmpty()) {
            return new Resealed.Refused(Refusal.NO_MATCHING_KEY, "there is no key to seal with for namespace "
                    + sealed.name().namespace(), List.of());
        }
        Opening opening = new Opening(sealed, keys);
        return sealed.data() == null
                ? resealItems(object, sealed, opening, newest.get())
                : resealWhole(object, sealed, opening, newest.get());
    }

    private static Optional<SealingKey> newest(SealedContent sealed, KeyRing keys) {
        Optional<SealingKey> ofNamespace = keys.sealing(sealed.name().namespace());
        return sealed.scope() == Scope.CLUSTER_WIDE ? keys.sealing("").or(() -> ofNamespace) : ofNamespace;
    }

    private static Resealed resealItems(Manifest object, SealedContent sealed, Opening opening, SealingKey newest) {
        Sealer sealer = new Sealer(newest.publicKey());
        Map<String, String> anew = new TreeMap<>();
        sealed.encryptedData().forEach((item, value) -> opening.open(item, value).ifPresent(plain -> {
            if (!opening.wasOpenedBy(item, newest.fingerprint())) {
                anew.put(item, sealer.seal(plain, sealed.name(), sealed.scope()));
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
        return new Resealed.Done(naming(newest.fingerprint(), result), newest.fingerprint(),
                List.copyOf(anew.keySet()));
    }

    /** Take apart what the first version of the kind encrypted as a whole. */
    private static Resealed resealWhole(Manifest object, SealedContent sealed, Opening opening, SealingKey newest) {
        Optional<byte[]> plain = opening.open("spec.data", String.valueOf(sealed.data()));
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
        return new Resealed.Done(naming(newest.fingerprint(), result), newest.fingerprint(), List.copyOf(items));
    }

    /** Correct the name of the key where the file has one. */
    private static Manifest naming(Fingerprint key, Manifest sealed) {
        return sealed.annotations().containsKey(Sealer.SEALED_WITH)
                ? sealed.withAnnotations(Map.of(Sealer.SEALED_WITH, key.text()))
                : sealed;
    }
}
