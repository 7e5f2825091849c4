package dev.tenantry.secretsservice.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyRing;

/** Opens SealedSecrets. Thread-safe. */
public final class Unsealer {

    /** A Secret's values together have at most 1 MiB (Kubernetes, {@code MaxSecretSize}). */
    static final int MOST_BYTES = 1024 * 1024;

    private final Templates templates;
    private final boolean takesOldData;

    /** @param takesOldData whether the deprecated {@code spec.data} is opened too */
    public Unsealer(Templates templates, boolean takesOldData) {
        this.templates = templates;
        this.takesOldData = takesOldData;
    }

    /** Make the Secret that a SealedSecret stands for. */
    public Unsealed unseal(SealedContent sealed, KeyRing keys) {
        Optional<Unsealed.Refused> refusal = sealed.refusedForm(takesOldData);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return sealed.data() == null ? unsealItems(sealed, keys) : unsealWhole(sealed, keys);
    }

    /**
     * Find out whether every value opens, without rendering a template: whoever asks may have written it, and would be told
     * by its success what a value is like.
     */
    public Optional<Unsealed.Refused> verify(SealedContent sealed, KeyRing keys) {
        Optional<Unsealed.Refused> refusal = sealed.refusedForm(takesOldData);
        if (refusal.isPresent()) {
            return refusal;
        }
        Opening opening = new Opening(sealed, keys);
        if (sealed.data() == null) {
            sealed.encryptedData().forEach(opening::open);
        } else {
            opening.open(WholeSecret.ITEM, sealed.data());
        }
        return opening.hasFailed() ? Optional.of(opening.refusal()) : Optional.empty();
    }

    private Unsealed unsealItems(SealedContent sealed, KeyRing keys) {
        Opening opening = new Opening(sealed, keys);
        Map<String, byte[]> values = new TreeMap<>();
        sealed.encryptedData()
                .forEach((item, value) -> opening.open(item, value)
                        .ifPresent(
                                plain -> values.put(item, plain)));
        if (opening.hasFailed()) {
            return opening.refusal();
        }
        Map<String, byte[]> data = new TreeMap<>(values);
        if (!sealed.templates().isEmpty()) {
            switch (templates.render(sealed.name().namespace(), sealed.templates(), values)) {
                case Templates.Rendered rendered -> data.putAll(rendered.data());
                case Templates.Failed failed -> {
                    return templateFailed(failed);
                }
                case Templates.Unavailable(String message) -> {
                    return new Unsealed.Unavailable(message);
                }
            }
        }
        long size = data.values().stream().mapToLong(value -> value.length).sum();
        if (size > MOST_BYTES) {
            return refused(Refusal.TOO_LARGE, "the values have " + size + " bytes together, and a Secret takes at most "
                    + MOST_BYTES + ": split it", data.keySet());
        }
        return Unsealed.Opened.of(secret(sealed, data), opening.sealedWith());
    }

    private static Manifest secret(SealedContent sealed, Map<String, byte[]> data) {
        ObjectNode json = withoutData(sealed, sealed.template());
        ObjectNode encoded = json.putObject("data");
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        return Manifest.of(json);
    }

    /** Open the first version of the kind, whose blob is a whole Secret as JSON. */
    private Unsealed unsealWhole(SealedContent sealed, KeyRing keys) {
        Opening opening = new Opening(sealed, keys);
        var plain = opening.open(WholeSecret.ITEM, String.valueOf(sealed.data()));
        if (plain.isEmpty()) {
            return opening.refusal();
        }
        Optional<Manifest> whole = WholeSecret.read(plain.get());
        if (whole.isEmpty()) {
            return WholeSecret.refusal();
        }
        Manifest inside = whole.get();
        ObjectNode json = withoutData(sealed, inside.at());
        ObjectNode data = json.putObject("data");
        SealedContent.strings(inside.at("data")).forEach(data::put);
        SealedContent.strings(inside.at("stringData"))
                .forEach((key, value) -> data.put(key, Base64.getEncoder()
                        .encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return Unsealed.Opened.of(Manifest.of(json), opening.sealedWith());
    }

    /** Make all of the Secret but its values, as a template says it or, in the same form, a whole Secret. */
    private static ObjectNode withoutData(SealedContent sealed, JsonNode given) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", sealed.name());
        ObjectNode metadata = json.withObjectProperty("metadata");
        for (String field : List.of("labels", "annotations", "finalizers")) {
            JsonNode value = given.path("metadata").path(field);
            if (value.isContainerNode() && !value.isEmpty()) {
                metadata.set(field, value.deepCopy());
            }
        }
        setOwner(sealed, metadata);
        String type = given.path("type").asText("");
        if (!type.isEmpty()) {
            json.put("type", type);
        }
        if (given.path("immutable").isBoolean()) {
            json.set("immutable", given.path("immutable"));
        }
        return json;
    }

    private static void setOwner(SealedContent sealed, ObjectNode metadata) {
        if (!sealed.isUnowned()) {
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", SealedContent.API_VERSION)
                    .put("kind", SealedContent.KIND)
                    .put("name", sealed.name().name())
                    .put("uid", sealed.uid())
                    .put("controller", true);
        }
    }

    private static Unsealed templateFailed(Templates.Failed failed) {
        String message = new TreeMap<>(failed.messages()).entrySet()
                .stream()
                .map(each -> "template of " + each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
        return refused(Refusal.TEMPLATE_FAILED, message, failed.messages().keySet());
    }

    private static Unsealed.Refused refused(Refusal reason, String message, Set<String> items) {
        return new Unsealed.Refused(reason, message, List.copyOf(new TreeSet<>(items)));
    }
}
