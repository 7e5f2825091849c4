package dev.tenantry.kubernetes.source;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.LocalObjectReference;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** Say which objects must be signed, and by whom. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {"mode": {"enum": ["head", "HEAD", "Tag", "TagAndHEAD"]}}}""")
public record GitVerification(
        @Default("HEAD")
        @JsonPropertyDescription("What must be signed: the commit (HEAD), the tag (Tag), or both "
                + "(TagAndHEAD).")
        @Nullable String mode,

        @Required
        @JsonPropertyDescription("Secret with the public keys that are trusted: PGP keys under *.asc, SSH "
                + "keys under *.sshpub.") LocalObjectReference secretRef) {}
