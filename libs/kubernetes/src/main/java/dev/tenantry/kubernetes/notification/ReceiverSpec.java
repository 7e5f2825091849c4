package dev.tenantry.kubernetes.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

/** Say whose webhooks are accepted, and what they set going. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self.type != 'generic-oidc' || (has(self.oidcProviders) && "
        + "size(self.oidcProviders) > 0)", message = "generic-oidc receivers must define at least one oidcProvider")
@ValidationRule(value = "self.type == 'generic-oidc' || !has(self.oidcProviders) || "
        + "size(self.oidcProviders) == 0", message = "oidcProviders can only be set when type is generic-oidc")
@ValidationRule(value = "self.type != 'generic-oidc' || !has(self.secretRef)", message = "secretRef cannot be set when type is generic-oidc")
@ValidationRule(value = "self.type == 'generic-oidc' || has(self.secretRef)", message = "secretRef is required when type is not generic-oidc")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"properties": {
          "type": {"enum": ["generic", "generic-hmac", "generic-oidc", "github", "gitlab", "bitbucket", "harbor",
            "dockerhub", "quay", "gcr", "nexus", "acr", "cdevents"]},
          "interval": {"default": "10m"},
          "oidcProviders": {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["issuerURL"]}}}""")
public record ReceiverSpec(
        @Required
        @JsonPropertyDescription("Who sends the webhooks; this decides how they are authenticated and read.") String type,

        @Pattern(GoDuration.PATTERN)
        @JsonPropertyDescription("How often to look at the Secret again.")
        @Nullable GoDuration interval,

        @JsonPropertyDescription("Kinds of event to act on, such as 'push' for github or 'Push Hook' for "
                + "gitlab; all when empty.") List<String> events,

        @Required
        @JsonPropertyDescription("The objects to reconcile.") List<ReceiverResource> resources,

        @JsonPropertyDescription("CEL expression over 'res' (the object's metadata) and 'req' (the webhook) "
                + "that tells whether to reconcile an object. With generic-oidc also over "
                + "'claims'.")
        @Nullable String resourceFilter,

        @JsonPropertyDescription("Secret with the token that authenticates a webhook, under the key 'token'.")
        @Nullable LocalObjectReference secretRef,

        @JsonPropertyDescription("Issuers whose tokens authenticate a webhook of type generic-oidc.") List<OidcProvider> oidcProviders,

        @JsonPropertyDescription("Stop acting on webhooks.") boolean suspend) {

    private static final Set<String> IMPLEMENTED_TYPES = Set.of("generic", "generic-hmac", "github");

    public ReceiverSpec {
        events = events == null ? List.of() : List.copyOf(events);
        resources = resources == null ? List.of() : List.copyOf(resources);
        oidcProviders = oidcProviders == null ? List.of() : List.copyOf(oidcProviders);
    }

    /** Name the fields that are set but not implemented yet, such as {@code spec.resourceFilter}. */
    public List<String> unsupportedFields() {
        List<String> fields = new ArrayList<>();
        if (!IMPLEMENTED_TYPES.contains(type)) {
            fields.add("spec.type: " + type);
        }
        if (resourceFilter != null && !resourceFilter.isEmpty()) {
            fields.add("spec.resourceFilter");
        }
        if (!oidcProviders.isEmpty()) {
            fields.add("spec.oidcProviders");
        }
        if (resources.stream().anyMatch(resource -> resource.filter() != null && !resource.filter().isEmpty())) {
            fields.add("spec.resources[].filter");
        }
        return List.copyOf(fields);
    }
}
