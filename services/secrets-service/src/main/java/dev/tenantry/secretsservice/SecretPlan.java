package dev.tenantry.secretsservice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Nothing, since it was made of a newer state of the SealedSecret. */
    record Outdated() implements SecretPlan {}

    /**
     * Change it, in this order.
     *
     * @param owners a merge patch by which the owner replaces the one who controls it, since two are refused; null where
     *     nobody is in its way
     * @param secret what to apply
     * @param removal a merge patch that takes out what applying does not, since it was never applied; null if there is
     *     nothing of it
     * @param resourceVersion what was read
     */
    record Write(@Nullable ObjectNode owners, Manifest secret, @Nullable ObjectNode removal, String resourceVersion)
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

    /** Compare what is there with what has to be; a pure function. */
    static SecretPlan of(Manifest live, Manifest desired, SealedContent sealed) {
        if (isNewer(live, desired)) {
            return new Outdated();
        }
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
        boolean mayOwn = !patched || saysManaged(desired, managed) || SecretOwners.isControlledBy(sealed, live);
        Manifest wanted = mayOwn ? desired : SecretOwners.with(desired, null);
        if (!typeOf(live).equals(typeOf(wanted))) {
            return new Refused(Outcome.Step.UPDATE, "Immutable",
                    ("Secret \"%s\" is of type %s and its type cannot be changed"
                            + " to %s: delete it, and it is made again")
                            .formatted(live.name(), typeOf(live), typeOf(wanted)));
        }
        JsonNode former = mayOwn ? SecretOwners.former(live, wanted) : null;
        ObjectNode removal = patched ? JsonNodeFactory.instance.objectNode() : removal(live, wanted);
        if (former == null && removal.isEmpty() && holds(live, wanted)) {
            return new Same();
        }
        if (live.at("immutable").asBoolean() && !sameValues(live, wanted, patched || isOfTokens(wanted))) {
            return new Refused(Outcome.Step.UPDATE, "Immutable",
                    ("Secret \"%s\" is immutable, so that its values cannot be"
                            + " changed: delete it, and it is made again").formatted(live.name()));
        }
        return write(live, wanted, former, removal);
    }

    private static Write write(Manifest live, Manifest wanted, @Nullable JsonNode former, ObjectNode removal) {
        String version = live.at("metadata", "resourceVersion").asText();
        ObjectNode owners = null;
        Manifest secret = wanted;
        if (former != null) {
            ObjectNode replaced = JsonNodeFactory.instance.objectNode();
            replaced.putObject("metadata").set("ownerReferences", SecretOwners.replaced(live, wanted));
            if (SecretOwners.controller(wanted) != null) {
                owners = replaced;
            } else {
                // It goes last: were it gone after a failure half-way, nobody could tell any more whose the Secret is.
                secret = SecretOwners.with(wanted, former);
                removal.withObjectProperty("metadata").setAll((ObjectNode) replaced.get("metadata"));
            }
        }
        return new Write(owners, secret, removal.isEmpty() ? null : removal, version);
    }

    private static boolean belongsTo(Manifest live, SealedContent sealed) {
        if (SecretOwners.isControlledBy(sealed, live)) {
            return true;
        }
        if (!sealed.isUnowned() || SecretOwners.controller(live) != null) {
            return false;
        }
        // One that was made to outlive its SealedSecret has no owner: whoever made it left a name. Where others have
        // values too, it may have been theirs and only added to.
        SecretWriters writers = SecretWriters.of(live);
        return (!writers.includeOthers() || isOfTokens(live)) && (writers.includeUs() || writers.includeTheOriginal()
                && Markers.isOn(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES, live.annotations()));
    }

    /** Tell whether a Secret that is added to is marked as managed then, be it by the template. */
    private static boolean saysManaged(Manifest desired, boolean already) {
        return desired.annotations().containsKey(SealedSecretAnnotations.MANAGED)
                ? Markers.isOn(SealedSecretAnnotations.MANAGED, desired.annotations())
                : already;
    }

    private static boolean isNewer(Manifest live, Manifest desired) {
        Optional<Origin> ofLive = origin(live);
        Optional<Origin> ofDesired = origin(desired);
        return ofLive.isPresent() && ofDesired.isPresent() && ofLive.get().isNewerThan(ofDesired.get())
                && isOriginOurs(live);
    }

    /** Tell whether nobody else has set what the Secret was made of, who could keep it from ever changing again. */
    private static boolean isOriginOurs(Manifest live) {
        for (JsonNode manager : live.at("metadata", "managedFields")) {
            if (LiveSecret.MANAGER.equals(manager.path("manager").asText()) && manager.path("fieldsV1")
                    .path("f:metadata")
                    .path("f:annotations")
                    .has("f:" + Origin.ANNOTATION)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Origin> origin(Manifest secret) {
        return Origin.read(secret.annotations().getOrDefault(Origin.ANNOTATION, ""));
    }

    private static String typeOf(Manifest secret) {
        String type = secret.at("type").asText("");
        return type.isEmpty() ? "Opaque" : type;
    }

    /** Tell whether Kubernetes itself adds values to it. */
    private static boolean isOfTokens(Manifest secret) {
        return typeOf(secret).equals(SecretParts.TOKENS);
    }

    private static boolean holds(Manifest live, Manifest wanted) {
        return contains(live.at("data"), wanted.at("data"))
                && live.labels().entrySet().containsAll(wanted.labels().entrySet())
                && live.annotations().entrySet().containsAll(wanted.annotations().entrySet())
                && SecretOwners.areAsWanted(live, wanted)
                && holdsFinalizers(live, wanted)
                && live.at("immutable").asBoolean() == wanted.at("immutable").asBoolean()
                && SecretParts.of(wanted).containsAll(SecretWriters.of(live).applied());
    }

    private static boolean holdsFinalizers(Manifest live, Manifest wanted) {
        // One that is asked to go takes no new ones.
        return !live.at("metadata", "deletionTimestamp").isMissingNode()
                || SecretParts.of(live).containsAll(SecretParts.finalizers(SecretParts.of(wanted)));
    }

    private static boolean sameValues(Manifest live, Manifest wanted, boolean othersMayAdd) {
        return contains(live.at("data"), wanted.at("data"))
                && (othersMayAdd || contains(wanted.at("data"), live.at("data")))
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

    /** Find what has to go and what applying does not remove, since it was never applied. */
    private static ObjectNode removal(Manifest live, Manifest wanted) {
        ObjectNode removal = JsonNodeFactory.instance.objectNode();
        Set<String> ours = SecretWriters.of(live).setForSealedSecrets();
        for (Map.Entry<String, JsonNode> field : live.at("data").properties()) {
            boolean isOurs = !isOfTokens(wanted) || ours.contains(SecretParts.DATA + field.getKey());
            if (isOurs && !wanted.at("data").has(field.getKey())) {
                removal.withObjectProperty("data").putNull(field.getKey());
            }
        }
        for (String map : List.of("labels", "annotations")) {
            for (Map.Entry<String, JsonNode> field : live.at("metadata", map).properties()) {
                if (ours.contains(map + "/" + field.getKey()) && !wanted.at("metadata", map).has(field.getKey())) {
                    removal.withObjectProperty("metadata").withObjectProperty(map).putNull(field.getKey());
                }
            }
        }
        return removal;
    }
}
