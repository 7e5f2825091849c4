package dev.tenantry.kubernetes.sealedsecret;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/**
 * Say what is sealed, and what Secret to make of it.
 *
 * <p>It prints the keys of its items only.
 *
 * @param encryptedData the ciphertext of each item in base64, by its key in the Secret; an item that is no text, which
 *     old definitions let pass, is empty here, and so cannot be opened
 * @param data the ciphertext of a whole Secret in base64, as before encryptedData; null if there is none
 * @param template the rest of the Secret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "encryptedData": {"x-kubernetes-preserve-unknown-fields": true},
          "data": {"format": "byte"}}}""")
public record SealedSecretSpec(
        @Required
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @JsonPropertyDescription("The items of the Secret, each encrypted, in base64.")
        @JsonDeserialize(using = TextByKey.class) Map<String, String> encryptedData,

        @JsonPropertyDescription("A whole Secret, encrypted, in base64. Deprecated: use encryptedData.")
        @Nullable String data,

        @JsonPropertyDescription("What the Secret has besides what is sealed.") SecretTemplate template) {

    public SealedSecretSpec {
        encryptedData = encryptedData == null
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(encryptedData));
        template = template == null ? SecretTemplate.empty() : template;
    }

    @Override
    public String toString() {
        return "SealedSecretSpec[encryptedData=%s%s, template=%s]".formatted(encryptedData.keySet(),
                data == null ? "" : ", data", template);
    }
}
