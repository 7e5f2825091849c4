package dev.tenantry.kubernetes.kustomize;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.LocalObjectReference;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/** Say how to decrypt what is encrypted in the source. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"provider": {"enum": ["sops"]}}}""")
public record Decryption(
        @Required
        @JsonPropertyDescription("The engine.") String provider,

        @JsonPropertyDescription("Service account whose identity a cloud's key service trusts.")
        @Nullable String serviceAccountName,

        @JsonPropertyDescription("Secret with the keys, or with credentials of a key service; wins over "
                + "serviceAccountName.")
        @Nullable LocalObjectReference secretRef) {}
