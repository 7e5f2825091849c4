package dev.tenantry.reconciler.kube;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.source.KnownSources;

/** Read what GitRepositories offer out of the API server's JSON. */
final class SourceReader {

    static final ResourceType TYPE = ResourceType.namespaced("source.toolkit.fluxcd.io", "v1", "GitRepository",
            "gitrepositories");

    private SourceReader() {}

    static KnownSources.State read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode revision = object.at("/status/artifact/revision");
        JsonNode ignore = object.at("/spec/ignore");
        return new KnownSources.State(name(object), metadata.path("uid").asText(),
                metadata.path("resourceVersion").asText(), revision.isTextual() ? revision.asText() : null,
                ignore.isTextual() ? ignore.asText() : null);
    }

    static NamespacedName name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new NamespacedName(metadata.path("namespace").asText(), metadata.path("name").asText());
    }
}
