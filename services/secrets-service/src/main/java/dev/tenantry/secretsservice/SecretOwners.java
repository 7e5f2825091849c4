package dev.tenantry.secretsservice;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** Tell whose a Secret is, of all owners that it names. */
final class SecretOwners {

    private static final String FIELD = "ownerReferences";

    private SecretOwners() {}

    /** Find the owner that controls it; null when none does. */
    static @Nullable JsonNode controller(Manifest secret) {
        for (JsonNode owner : of(secret)) {
            if (owner.path("controller").asBoolean()) {
                return owner;
            }
        }
        return null;
    }

    /** Tell whether it is controlled by a SealedSecret, or by one of its name that was there before. */
    static boolean isControlledBy(SealedContent sealed, Manifest live) {
        JsonNode owner = controller(live);
        // Also one of an earlier uid: the SealedSecret was made again, as in a restored cluster.
        return owner != null && SealedContent.KIND.equals(owner.path("kind").asText())
                && Manifest.groupOf(SealedContent.API_VERSION)
                        .equals(Manifest.groupOf(owner.path("apiVersion").asText()))
                && sealed.name().name().equals(owner.path("name").asText());
    }

    /** Tell whether the one that is to control it does. */
    static boolean areAsWanted(Manifest live, Manifest wanted) {
        JsonNode now = controller(live);
        JsonNode then = controller(wanted);
        return then == null || now != null && now.path("uid").equals(then.path("uid"));
    }

    /** Find who controls it and is not to; null if there is nobody. */
    static @Nullable JsonNode former(Manifest live, Manifest wanted) {
        JsonNode now = controller(live);
        return now != null && controller(wanted) != null && areAsWanted(live, wanted) ? null : now;
    }

    /** List those that it is to have: the ones that do not control it, and the wanted one. */
    static ArrayNode replaced(Manifest live, Manifest wanted) {
        ArrayNode owners = JsonNodeFactory.instance.arrayNode();
        JsonNode then = controller(wanted);
        for (JsonNode owner : of(live)) {
            boolean isWanted = then != null && owner.path("uid").equals(then.path("uid"));
            if (!owner.path("controller").asBoolean() && !isWanted) {
                owners.add(owner.deepCopy());
            }
        }
        if (then != null) {
            owners.add(then.deepCopy());
        }
        return owners;
    }

    /** Give a Secret an owner, or none, instead of those that it names. */
    static Manifest with(Manifest secret, @Nullable JsonNode owner) {
        return secret.with(json -> {
            json.withObjectProperty("metadata").remove(FIELD);
            if (owner != null) {
                json.withObjectProperty("metadata").putArray(FIELD).add(owner.deepCopy());
            }
            return json;
        });
    }

    private static JsonNode of(Manifest secret) {
        return secret.at("metadata", FIELD);
    }
}
