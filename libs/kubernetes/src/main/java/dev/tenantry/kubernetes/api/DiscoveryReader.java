package dev.tenantry.kubernetes.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

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

    CompletionStage<Catalogue> read() {
        CompletionStage<List<ResourceType>> core = root("api");
        CompletionStage<List<ResourceType>> groups = root("apis");
        return core.thenCombine(groups, (first, second) -> new Catalogue(join(first, second)));
    }

    private CompletionStage<List<ResourceType>> root(String path) {
        return connection.send(ApiRequest.get(path).accepting(AGGREGATED)).thenCompose(body -> {
            JsonNode root = Json.read(body);
            return switch (root.path("kind").asText()) {
                case "APIGroupDiscoveryList" -> CompletableFuture.completedStage(aggregated(root));
                case "APIVersions" -> plain(coreVersions(root));
                default -> plain(groupVersions(root));
            };
        });
    }

    private static List<ResourceType> aggregated(JsonNode root) {
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode group : root.path("items")) {
            for (JsonNode version : group.path("versions")) {
                for (JsonNode resource : version.path("resources")) {
                    types.add(
                            new ResourceType(
                                    group.path("metadata").path("name").asText(""),
                                    version.path("version").asText(),
                                    resource.path("responseKind").path("kind").asText(),
                                    resource.path("resource").asText(),
                                    "Namespaced".equals(resource.path("scope").asText()),
                                    strings(resource.path("verbs"))));
                }
            }
        }
        return types;
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

    private CompletionStage<List<ResourceType>> plain(List<String> groupVersions) {
        CompletionStage<List<ResourceType>> all = CompletableFuture.completedStage(List.of());
        for (CompletionStage<List<ResourceType>> one : groupVersions.stream().map(this::resources).toList()) {
            all = all.thenCombine(one, DiscoveryReader::join);
        }
        return all;
    }

    private CompletionStage<List<ResourceType>> resources(String groupVersion) {
        int slash = groupVersion.indexOf('/');
        String group = slash < 0 ? "" : groupVersion.substring(0, slash);
        String version = groupVersion.substring(slash + 1);
        return connection.send(ApiRequest.get((slash < 0 ? "api/" : "apis/") + groupVersion))
                .thenApply(body -> resources(group, version, Json.read(body)))
                // An aggregated API whose server is down must not hide all the others.
                .exceptionallyCompose(failure -> unavailable(failure)
                        ? CompletableFuture.completedStage(List.of())
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean unavailable(Throwable failure) {
        return ApiException.errorOf(failure).filter(error -> error.isNotFound() || error.code() >= 500).isPresent();
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

    private static List<ResourceType> join(List<ResourceType> first, List<ResourceType> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
