package dev.tenantry.secretsservice;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** What is to be done about a Secret that is there already. */
public sealed interface SecretPlan {

    /** Nothing. */
    record Same() implements SecretPlan {}

    /**
     * Change it.
     *
     * @param disown a merge patch that takes a former owner out first, since two are refused; null if there is none
     * @param secret what to apply
     * @param removal a merge patch that takes out what others left behind; null if there is nothing of it
     * @param resourceVersion what was read
     */
    record Write(@Nullable ObjectNode disown, Manifest secret, @Nullable ObjectNode removal, String resourceVersion)
            implements
                SecretPlan {

        /** Print no content. */
        @Override
        public String toString() {
            return "Write[" + secret + "]";
        }
    }

    /** It belongs to somebody else, or cannot be changed. */
    record Refused(Outcome.Step step, String reason, String message) implements SecretPlan {}

    /** The field manager of the original controller, whose leftovers are ours to remove. */
    String ORIGINAL_MANAGER = "controller";

    /** Compare what is there with what has to be; a pure function. */
    static SecretPlan of(Manifest live, Manifest desired, SealedContent sealed) {
        boolean patched = Markers.isOn(SealedSecretAnnotations.PATCH, live.annotations());
        boolean managed = Markers.isOn(SealedSecretAnnotations.MANAGED, live.annotations());
        if (!patched && !managed && !belongsTo(live, sealed)) {
            return new Refused(Outcome.Step.UNMANAGED, "NotManaged",
                    ("Secret \"%s\" already exists and is not managed by"
                            + " SealedSecret: it is left as it is. Delete it, or annotate it with %s=true to let it be replaced, or"
                            + " with %s=true to let it be added to")
                            .formatted(live.name(), SealedSecretAnnotations.MANAGED, SealedSecretAnnotations.PATCH));
        }
        // As the original does: what is added to gets no owner by that, and keeps the one that it has.
        boolean mayOwn = !patched || saysManaged(desired, managed);
        Manifest wanted = mayOwn || owns(live, desired) ? desired : withoutOwner(desired);
        if (!typeOf(live).equals(typeOf(wanted))) {
            return new Refused(Outcome.Step.UPDATE, "Immutable",
                    ("Secret \"%s\" is of type %s and its type cannot be changed"
                            + " to %s: delete it, and it is made again")
                            .formatted(live.name(), typeOf(live), typeOf(wanted)));
        }
        ObjectNode disown = mayOwn ? disown(live, wanted) : null;
        ObjectNode removal = patched ? null : removal(live, wanted);
        if (disown == null && removal == null && holds(live, wanted)) {
            return new Same();
        }
        if (live.at("immutable").asBoolean() && !sameValues(live, wanted, patched)) {
            return new Refused(Outcome.Step.UPDATE, "Immutable",
                    ("Secret \"%s\" is immutable, so that its values cannot be"
                            + " changed: delete it, and it is made again").formatted(live.name()));
        }
        return new Write(disown, wanted, removal, live.at("metadata", "resourceVersion").asText());
    }

    private static boolean belongsTo(Manifest live, SealedContent sealed) {
        for (JsonNode owner : live.at("metadata", "ownerReferences")) {
            // Also one of an earlier uid: the SealedSecret was made again, as in a restored cluster.
            if (owner.path("controller").asBoolean() && SealedContent.KIND.equals(owner.path("kind").asText())
                    && Manifest.groupOf(SealedContent.API_VERSION)
                            .equals(
                                    Manifest.groupOf(owner.path("apiVersion").asText()))
                    && sealed.name().name().equals(owner.path("name").asText())) {
                return true;
            }
        }
        // One that was made to outlive its SealedSecret has no owner: whoever made it left a name.
        Set<String> makers = managersOf(live, "f:data");
        return sealed.isUnowned() && live.at("metadata", "ownerReferences").isEmpty()
                && (makers.contains(LiveSecret.MANAGER) || makers.contains(ORIGINAL_MANAGER)
                        && "true".equals(live.annotations().get(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES)));
    }

    /** Tell whether a Secret that is added to is marked as managed then, be it by the template. */
    private static boolean saysManaged(Manifest desired, boolean already) {
        return desired.annotations().containsKey(SealedSecretAnnotations.MANAGED)
                ? Markers.isOn(SealedSecretAnnotations.MANAGED, desired.annotations())
                : already;
    }

    private static Manifest withoutOwner(Manifest secret) {
        return secret.with(json -> {
            json.withObjectProperty("metadata").remove("ownerReferences");
            return json;
        });
    }

    private static String typeOf(Manifest secret) {
        String type = secret.at("type").asText("");
        return type.isEmpty() ? "Opaque" : type;
    }

    private static boolean holds(Manifest live, Manifest wanted) {
        return contains(live.at("data"), wanted.at("data"))
                && live.labels().entrySet().containsAll(wanted.labels().entrySet())
                && live.annotations().entrySet().containsAll(wanted.annotations().entrySet())
                && (wanted.at("metadata", "ownerReferences").isEmpty() || owns(live, wanted))
                && live.at("immutable").asBoolean() == wanted.at("immutable").asBoolean();
    }

    private static boolean owns(Manifest live, Manifest wanted) {
        JsonNode uid = wanted.at("metadata", "ownerReferences").path(0).path("uid");
        for (JsonNode owner : live.at("metadata", "ownerReferences")) {
            if (owner.path("uid").equals(uid) && owner.path("controller").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameValues(Manifest live, Manifest wanted, boolean patched) {
        return contains(live.at("data"), wanted.at("data")) && (patched || contains(wanted.at("data"), live.at("data")))
                && wanted.at("immutable").asBoolean();
    }

    private static boolean contains(JsonNode all, JsonNode some) {
        for (Map.Entry<String, JsonNode> field : some.properties()) {
            if (!field.getValue().equals(all.path(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ObjectNode disown(Manifest live, Manifest wanted) {
        boolean hasController = false;
        for (JsonNode owner : live.at("metadata", "ownerReferences")) {
            hasController |= owner.path("controller").asBoolean();
        }
        if (!hasController || owns(live, wanted)) {
            return null;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putNull("ownerReferences");
        return patch;
    }

    /** Find what has to go and what applying does not remove, since it was never applied. */
    private static @Nullable ObjectNode removal(Manifest live, Manifest wanted) {
        ObjectNode removal = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : live.at("data").properties()) {
            if (!wanted.at("data").has(field.getKey())) {
                removal.withObjectProperty("data").putNull(field.getKey());
            }
        }
        for (String map : List.of("labels", "annotations")) {
            for (String key : setByPredecessors(live, map)) {
                if (live.at("metadata", map).has(key) && !wanted.at("metadata", map).has(key)) {
                    removal.withObjectProperty("metadata").withObjectProperty(map).putNull(key);
                }
            }
        }
        return removal.isEmpty() ? null : removal;
    }

    private static Set<String> setByPredecessors(Manifest live, String map) {
        Set<String> keys = new HashSet<>();
        for (JsonNode manager : live.at("metadata", "managedFields")) {
            String name = manager.path("manager").asText();
            if (name.equals(ORIGINAL_MANAGER) || name.equals(LiveSecret.MANAGER)) {
                manager.path("fieldsV1")
                        .path("f:metadata")
                        .path("f:" + map)
                        .fieldNames()
                        .forEachRemaining(key -> keys.add(key.replaceFirst("^f:", "")));
            }
        }
        return keys;
    }

    private static Set<String> managersOf(Manifest live, String field) {
        Set<String> managers = new HashSet<>();
        for (JsonNode manager : live.at("metadata", "managedFields")) {
            if (manager.path("fieldsV1").has(field)) {
                managers.add(manager.path("manager").asText());
            }
        }
        return managers;
    }
}
