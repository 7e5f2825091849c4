package dev.tenantry.secretsservice.sealing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;
import dev.tenantry.secretsservice.scope.Scope;

/**
 * What a SealedSecret says, none of it secret.
 *
 * @param name its own, and the Secret's
 * @param uid empty in a file
 * @param generation how often its spec was changed; 0 in a file
 * @param scope where its values may be opened
 * @param encryptedData base64 of the encrypted values, by key
 * @param data base64 of the encrypted Secret, as the first version of the kind had it; null in any newer one
 * @param template what else the Secret is to have, {@code spec.template}; may be missing
 */
public record SealedContent(NamespacedName name, String uid, long generation, Scope scope,
        Map<String, String> encryptedData,
        @Nullable String data, JsonNode template) {

    /** About what names, template and managed fields take. */
    private static final long WHAT_ELSE = 2048;

    public static final String API_VERSION = SealedSecret.GROUP + "/" + SealedSecret.VERSION;
    public static final String KIND = SealedSecret.KIND;

    /**
     * Read an object.
     *
     * @throws IllegalArgumentException when it is of another kind
     */
    public static SealedContent of(Manifest object) {
        if (!object.apiVersion().equals(API_VERSION) || !object.kind().equals(KIND)) {
            throw new IllegalArgumentException(
                    "This is a " + object.apiVersion() + " " + object.kind() + ", not a " + API_VERSION + " " + KIND);
        }
        JsonNode data = object.at("spec", "data");
        return new SealedContent(
                object.ref().namespacedName(),
                object.at("metadata", "uid").asText(""),
                object.at("metadata", "generation").asLong(),
                Scope.of(object.annotations()),
                strings(object.at("spec", "encryptedData")),
                data.isTextual() ? data.textValue() : null,
                object.at("spec", "template"));
    }

    /** Give the texts of the templates, by the key that each makes. */
    public Map<String, String> templates() {
        return strings(template.path("data"));
    }

    /** List the keys that the Secret's data will have, which nobody knows of the first version of the kind. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(encryptedData.keySet());
        keys.addAll(templates().keySet());
        return keys;
    }

    /** Give about how many characters it has, without its own annotations. */
    public long size() {
        long values = encryptedData.values().stream().mapToLong(String::length).sum();
        long texts = templates().values().stream().mapToLong(String::length).sum();
        return WHAT_ELSE + values + texts + (data == null ? 0 : data.length());
    }

    public Map<String, String> labels() {
        return strings(template.path("metadata").path("labels"));
    }

    public Map<String, String> annotations() {
        return strings(template.path("metadata").path("annotations"));
    }

    /** Tell whether the Secret is to stay when the SealedSecret goes. */
    public boolean isUnowned() {
        return "true".equals(annotations().get(SealedSecretAnnotations.SKIP_SET_OWNER_REFERENCES));
    }

    /** Say what is wrong with it if it says two things at once, or the deprecated {@code spec.data} that is not taken. */
    Optional<Unsealed.Refused> refusedForm(boolean takesOldData) {
        if (data == null) {
            return Optional.empty();
        }
        if (!encryptedData.isEmpty()) {
            return invalid(
                    "spec.data, which is deprecated, and spec.encryptedData are both set: keep the one that counts");
        }
        return takesOldData
                ? Optional.empty()
                : invalid(
                        "spec.data is deprecated and switched off here (secrets-service.accept-old-data): seal the Secret"
                                + " again");
    }

    private static Optional<Unsealed.Refused> invalid(String message) {
        return Optional.of(new Unsealed.Refused(Refusal.INVALID_SPEC, message, List.of()));
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (object instanceof ObjectNode fields) {
            fields.properties().forEach(field -> {
                if (field.getValue().isTextual()) {
                    strings.put(field.getKey(), field.getValue().textValue());
                }
            });
        }
        return strings;
    }
}
