package dev.tenantry.kubernetes.kustomize;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Name a ConfigMap or Secret whose entries are variables. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"kind": {"enum": ["Secret", "ConfigMap"]}}}""")
public record SubstituteReference(
        @Required
        @JsonPropertyDescription("ConfigMap or Secret.") String kind,

        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Name of the object, in this namespace.") String name,

        @Default("false")
        @JsonPropertyDescription("Go on without the object when it does not exist.") boolean optional) {}
