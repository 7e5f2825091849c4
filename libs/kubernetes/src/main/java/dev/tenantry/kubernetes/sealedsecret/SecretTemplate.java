package dev.tenantry.kubernetes.sealedsecret;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;

/**
 * Say what a Secret has besides what is sealed.
 *
 * <p>It prints the keys of {@code data} only: people write there what they should have sealed.
 *
 * @param metadata the Secret's labels, annotations and finalizers
 * @param type the Secret's type, or null for the API server's default
 * @param immutable whether the Secret's data can never change, or null if not said
 * @param data Go templates over the opened items, by their keys in the Secret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "metadata": {"nullable": true, "x-kubernetes-preserve-unknown-fields": true},
          "data": {"nullable": true}}}""")
public record SecretTemplate(
        @JsonPropertyDescription("Labels, annotations and finalizers of the Secret. Its name and namespace are "
                + "always those of the SealedSecret.") SecretTemplateMetadata metadata,

        @JsonPropertyDescription("Type of the Secret.")
        @Nullable String type,

        @JsonPropertyDescription("Whether the data of the Secret can never change.")
        @Nullable Boolean immutable,

        @JsonPropertyDescription("Items that are Go templates over the opened items, such as "
                + "'{{ .password | b64enc }}'.") Map<String, String> data) {

    public SecretTemplate {
        metadata = metadata == null ? SecretTemplateMetadata.empty() : metadata;
        data = data == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** Give the template that adds nothing. */
    public static SecretTemplate empty() {
        return new SecretTemplate(SecretTemplateMetadata.empty(), null, null, Map.of());
    }

    @Override
    public String toString() {
        return "SecretTemplate[metadata=%s, type=%s, immutable=%s, data=%s]".formatted(metadata, type, immutable,
                data.keySet());
    }
}
