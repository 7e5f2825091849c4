package dev.tenantry.kubernetes.meta;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Tell one aspect of an object's state, in the form of Kubernetes' {@code metav1.Condition}.
 *
 * @param observedGeneration the generation of the object that the condition was derived from
 * @param lastTransitionTime when {@code status} last changed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"lastTransitionTime": {"format": "date-time"}, "observedGeneration": {"format": "int64"}}}""")
public record Condition(
        @Required
        @JsonPropertyDescription("When the status last changed.")
        @JsonSerialize(using = Timestamps.Serializer.class)
        @JsonDeserialize(using = Timestamps.Deserializer.class) Instant lastTransitionTime,

        @Required @JsonPropertyDescription("Details for people; may be empty.") @Size(max = 32768) String message,

        @JsonPropertyDescription("The metadata.generation that the condition was derived from.")
        @Min(0)
        @Nullable Long observedGeneration,

        @Required
        @JsonPropertyDescription("Why the status last changed, as a word for programs.")
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") String reason,

        @Required @JsonPropertyDescription("One of True, False, Unknown.") Status status,

        @Required
        @JsonPropertyDescription("Which aspect this is, such as Ready.")
        @Size(max = 316)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$") String type) {

    /** Say whether the aspect holds. */
    public enum Status {
        TRUE("True"), FALSE("False"), UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** Print as the API does: True, False or Unknown. */
        @JsonValue
        @Override
        public String toString() {
            return text;
        }
    }

    @JsonIgnore
    public boolean isTrue() {
        return status == Status.TRUE;
    }

    @JsonIgnore
    public boolean isFalse() {
        return status == Status.FALSE;
    }
}
