package dev.tenantry.kubernetes.sealedsecret;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Say what a Secret's metadata is to have.
 *
 * <p>kubeseal copies the metadata of the Secret that it sealed, so there may be more fields, which are ignored. It
 * prints the keys of the annotations only: {@code kubectl apply} keeps whole Secrets in one.
 *
 * @param labels the Secret's labels
 * @param annotations the Secret's annotations
 * @param finalizers the Secret's finalizers
 * @param name the name of the Secret that was sealed; the Secret that is made has that of the SealedSecret
 * @param namespace the namespace of the Secret that was sealed; the Secret that is made has that of the SealedSecret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretTemplateMetadata(
        @JsonPropertyDescription("Labels to set.") Map<String, String> labels,

        @JsonPropertyDescription("Annotations to set.") Map<String, String> annotations,

        @JsonPropertyDescription("Finalizers to set.") List<String> finalizers,

        @JsonPropertyDescription("Not used: the name is that of the SealedSecret.")
        @Nullable String name,

        @JsonPropertyDescription("Not used: the namespace is that of the SealedSecret.")
        @Nullable String namespace) {

    public SecretTemplateMetadata {
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = annotations == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        finalizers = finalizers == null ? List.of() : List.copyOf(finalizers);
    }

    /** Give the metadata that adds nothing. */
    public static SecretTemplateMetadata empty() {
        return new SecretTemplateMetadata(Map.of(), Map.of(), List.of(), null, null);
    }

    @Override
    public String toString() {
        return "SecretTemplateMetadata[labels=%s, annotations=%s, finalizers=%s]".formatted(labels,
                annotations.keySet(), finalizers);
    }
}
