package dev.tenantry.kubernetes.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.LocalObjectReference;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Say which git repository to follow, and how. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "!has(self.serviceAccountName) || (has(self.provider) && (self.provider == "
        + "'azure' || self.provider == 'aws'))", message = "serviceAccountName can only be set when provider is 'azure' or 'aws'")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "provider": {"enum": ["generic", "aws", "azure", "github"]},
          "timeout": {"default": "60s"}}}""")
public record GitRepositorySpec(
        @Required
        @Pattern("^(http|https|ssh)://.*$")
        @JsonPropertyDescription("Address of the repository, by http, https or ssh.") String url,

        @JsonPropertyDescription("What to follow; the branch master when empty.")
        @Nullable GitReference ref,

        @Required
        @Pattern(GoDuration.PATTERN)
        @JsonPropertyDescription("How often to look for a new revision when no push announces one. Checks are "
                + "spread, so this is approximate.") GoDuration interval,

        @Pattern(GoDuration.PATTERN_WITHOUT_HOURS)
        @JsonPropertyDescription("How long one exchange with the git server may take.")
        @Nullable GoDuration timeout,

        @JsonPropertyDescription("Stop following the repository. What was fetched last stays available.") boolean suspend,

        @JsonPropertyDescription("Secret with credentials: username and password, or bearerToken, and ca.crt, "
                + "for https; identity and known_hosts for ssh.")
        @Nullable LocalObjectReference secretRef,

        @JsonPropertyDescription("Who vouches for the credentials: 'generic' (the Secret, the default), "
                + "'aws', 'azure' or 'github'.")
        @Nullable String provider,

        @JsonPropertyDescription("Service account whose identity the provider 'azure' or 'aws' trusts.")
        @Nullable String serviceAccountName,

        @JsonPropertyDescription("Secret with the address of a proxy to the git server, and its username and "
                + "password.")
        @Nullable LocalObjectReference proxySecretRef,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("Patterns of files to leave out, in the format of .gitignore. Replaces the "
                + "default patterns, and wins over .sourceignore files.")
        @Nullable String ignore,

        @JsonPropertyDescription("Which signatures a revision must carry.")
        @Nullable GitVerification verify,

        @JsonPropertyDescription("Fetch the submodules as well.") boolean recurseSubmodules,

        @JsonPropertyDescription("Other repositories whose content is copied into this one.") List<GitInclude> include,

        @JsonPropertyDescription("Folders to take; everything when empty.") List<String> sparseCheckout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public GitRepositorySpec {
        include = include == null ? List.of() : List.copyOf(include);
        sparseCheckout = sparseCheckout == null ? List.of() : List.copyOf(sparseCheckout);
    }

    /** Give the timeout, or its default. */
    public Duration effectiveTimeout() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout.value();
    }

    /** Name the fields that are set but not implemented yet, such as {@code spec.verify}. */
    public List<String> unsupportedFields() {
        List<String> fields = new ArrayList<>();
        if (provider != null && !provider.isEmpty() && !provider.equals("generic")) {
            fields.add("spec.provider: " + provider);
        }
        if (serviceAccountName != null && !serviceAccountName.isEmpty()) {
            fields.add("spec.serviceAccountName");
        }
        if (proxySecretRef != null) {
            fields.add("spec.proxySecretRef");
        }
        if (verify != null) {
            fields.add("spec.verify");
        }
        if (recurseSubmodules) {
            fields.add("spec.recurseSubmodules");
        }
        if (!include.isEmpty()) {
            fields.add("spec.include");
        }
        if (!sparseCheckout.isEmpty()) {
            fields.add("spec.sparseCheckout");
        }
        return List.copyOf(fields);
    }
}
