package dev.tenantry.kubernetes.api;

import java.util.Set;

/**
 * Describe how an API server serves a kind.
 *
 * @param group the API group, empty for the core group
 * @param version the version that requests use, such as {@code v1}
 * @param kind the kind, such as {@code Deployment}
 * @param plural the name of the resource in URLs, such as {@code deployments}
 * @param namespaced whether its objects live in namespaces
 * @param verbs what may be asked of it, such as {@code get}, {@code watch} and {@code patch}
 */
public record ResourceType(String group, String version, String kind, String plural, boolean namespaced,
        Set<String> verbs) {

    public ResourceType {
        if (version.isEmpty() || kind.isEmpty() || plural.isEmpty()) {
            throw new IllegalArgumentException(
                    "A resource type needs a version, a kind and a plural: %s/%s %s %s"
                            .formatted(group, version, kind, plural));
        }
        verbs = Set.copyOf(verbs);
    }

    /** Describe a namespaced kind that is known beforehand, without asking the server. */
    public static ResourceType namespaced(String group, String version, String kind, String plural) {
        return new ResourceType(group, version, kind, plural, true, Set.of());
    }

    /** Describe a cluster-scoped kind that is known beforehand, without asking the server. */
    public static ResourceType clusterScoped(String group, String version, String kind, String plural) {
        return new ResourceType(group, version, kind, plural, false, Set.of());
    }

    /** Give group and version as objects write them, such as {@code apps/v1} or {@code v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Tell whether discovery says that a verb may be asked for. */
    public boolean allows(String verb) {
        return verbs.contains(verb);
    }

    /** Address one object; the namespace is ignored when the kind is cluster-scoped. */
    public ObjectPath at(String namespace, String name) {
        return new ObjectPath(this, namespaced ? namespace : "", name);
    }

    /** Give the path of the collection, relative to the server; an empty namespace means all of them. */
    public String collectionPath(String namespace) {
        StringBuilder path = new StringBuilder(group.isEmpty() ? "api/" : "apis/" + group + "/").append(version);
        if (namespaced && !namespace.isEmpty()) {
            path.append("/namespaces/").append(ApiRequest.encodeSegment(namespace));
        }
        return path.append('/').append(plural).toString();
    }

    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
