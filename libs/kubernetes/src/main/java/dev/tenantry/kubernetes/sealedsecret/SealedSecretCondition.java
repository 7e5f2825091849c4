package dev.tenantry.kubernetes.sealedsecret;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import dev.tenantry.kubernetes.meta.Timestamps;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/**
 * Tell one aspect of a SealedSecret's state, in a form that is older than Kubernetes' {@code metav1.Condition}.
 *
 * @param type the aspect: {@link #SYNCED} is the only one that the Bitnami controller knows
 * @param status whether it holds; a word that is none of these is read as Unknown
 * @param lastUpdateTime when the condition was last written, or null if it was not said
 * @param lastTransitionTime when {@code status} last changed, or null if it was not said
 * @param reason why, as a word for programs; null if it was not said
 * @param message details for people; null if there are none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "status": {"enum": null},
          "lastUpdateTime": {"format": "date-time"},
          "lastTransitionTime": {"format": "date-time"}}}""")
public record SealedSecretCondition(
        @Required @JsonPropertyDescription("Which aspect this is: Synced.") String type,

        @Required
        @JsonPropertyDescription("One of True, False, Unknown.")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL) Condition.Status status,

        @JsonPropertyDescription("When the condition was last written.")
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class)
        @Nullable Instant lastUpdateTime,

        @JsonPropertyDescription("When the status last changed.")
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class)
        @Nullable Instant lastTransitionTime,

        @JsonPropertyDescription("Why, as a word for programs.")
        @Nullable String reason,

        @JsonPropertyDescription("Details for people.")
        @Nullable String message) {

    /** The type of the condition that says whether the Secret is as the SealedSecret says. */
    public static final String SYNCED = "Synced";

    public SealedSecretCondition {
        status = status == null ? Condition.Status.UNKNOWN : status;
    }
}
