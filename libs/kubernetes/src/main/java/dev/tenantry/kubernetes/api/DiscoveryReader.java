package dev.tenantry.kubernetes.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.api.Catalogue.GroupVersion;

/**
 * Reads all that a server serves.
 *
 * <p>Both formats are documented in the Kubernetes API reference: {@code APIGroupDiscoveryList} of
 * {@code apidiscovery.k8s.io/v2}, and the older {@code APIVersions}, {@code APIGroupList} and {@code APIResourceList}.
 */
final class DiscoveryReader {

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList," + ApiRequest.JSON;

    private final ApiConnection connection;

    DiscoveryReader(ApiConnection connection) {
        this.connection = connection;
    }

    /** What was read, and what could not be, since the server behind it does not answer. */
    private record Part(List<ResourceType> types, Set<GroupVersion> unread) {

        static final Part EMPTY = new Part(List.of(), Set.of());

        Part and(Part other) {
            return new Part(Stream.concat(types.stream(), other.types.stream()).toList(),
                    Stream.concat(unread.stream(), other.unread.stream()).collect(Collectors.toSet()));
        }
    }

    CompletionStage<Catalogue> read() {
        return root("api").thenCombine(root("apis"), Part::and)
                .thenApply(all -> new Catalogue(all.types(), all.unread()));
    }

    private CompletionStage<Part> root(String path) {
        return connection.send(ApiRequest.get(path).accepting(AGGREGATED)).thenCompose(body -> {
            JsonNode root = Json.read(body);
            return switch (root.path("kind").asText()) {
                case "APIGroupDiscoveryList" -> CompletableFuture.completedStage(aggregated(root));
                case "APIVersions" -> plain(coreVersions(root));
                default -> plain(groupVersions(root));
            };
        });
    }

    private static Part aggregated(JsonNode root) {
        List<ResourceType> types = new ArrayList<>();
        Set<GroupVersion> unread = new HashSet<>();
        for (JsonNode group : root.path("items")) {
            String name = group.path("metadata").path("name").asText("");
            for (JsonNode version : group.path("versions")) {
                if ("Stale".equals(version.path("freshness").asText())) {
                    unread.add(new GroupVersion(name, version.path("version").asText()));
                }
                for (JsonNode resource : version.path("resources")) {
                    types.add(
                            new ResourceType(
                                    name,
                                    version.path("version").asText(),
                                    resource.path("responseKind").path("kind").asText(),
                                    resource.path("resource").asText(),
                                    "Namespaced".equals(resource.path("scope").asText()),
                                    strings(resource.path("verbs"))));
                }
            }
        }
        return new Part(types, unread);
    }

    private static List<String> coreVersions(JsonNode root) {
        return new ArrayList<>(strings(root.path("versions")));
    }

    private static List<String> groupVersions(JsonNode root) {
        List<String> all = new ArrayList<>();
        for (JsonNode group : root.path("groups")) {
            String preferred = group.path("preferredVersion").path("groupVersion").asText();
            all.add(preferred);
            for (JsonNode version : group.path("versions")) {
                String groupVersion = version.path("groupVersion").asText();
                if (!groupVersion.equals(preferred)) {
                    all.add(groupVersion);
                }
            }
        }
        return all;
    }

    private CompletionStage<Part> plain(List<String> groupVersions) {
        CompletionStage<Part> all = CompletableFuture.completedStage(Part.EMPTY);
        for (CompletionStage<Part> one : groupVersions.stream().map(this::resources).toList()) {
            all = all.thenCombine(one, Part::and);
        }
        return all;
    }

    private CompletionStage<Part> resources(String groupVersion) {
        int slash = groupVersion.indexOf('/');
        String group = slash < 0 ? "" : groupVersion.substring(0, slash);
        String version = groupVersion.substring(slash + 1);
        return connection.send(ApiRequest.get((slash < 0 ? "api/" : "apis/") + groupVersion))
                .thenApply(body -> new Part(resources(group, version, Json.read(body)), Set.of()))
                .exceptionallyCompose(failure -> missing(new GroupVersion(group, version), failure)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> CompletableFuture.failedStage(failure)));
    }

    /** An aggregated API whose server is down must not hide all the others; one that is gone by now serves nothing. */
    private static Optional<Part> missing(GroupVersion groupVersion, Throwable failure) {
        return ApiException.errorOf(failure)
                .filter(error -> error.isNotFound() || error.code() >= 500)
                .map(error -> error.isNotFound() ? Part.EMPTY : new Part(List.of(), Set.of(groupVersion)));
    }

    private static List<ResourceType> resources(String group, String version, JsonNode list) {
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode resource : list.path("resources")) {
            String plural = resource.path("name").asText();
            boolean subresource = plural.indexOf('/') >= 0;
            if (!subresource) {
                types.add(
                        new ResourceType(
                                group,
                                version,
                                resource.path("kind").asText(),
                                plural,
                                resource.path("namespaced").asBoolean(),
                                strings(resource.path("verbs"))));
            }
        }
        return types;
    }

    private static Set<String> strings(JsonNode array) {
        Set<String> strings = new HashSet<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }
}
