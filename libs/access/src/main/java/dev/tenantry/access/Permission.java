package dev.tenantry.access;

/**
 * Name what someone wants to do with objects of the cluster, in the words of Kubernetes' RBAC.
 *
 * @param verb such as {@code get}, {@code list} or {@code patch}
 * @param group the API group, empty for the core group
 * @param resource the plural of the kind, with its subresource after a slash, such as {@code pods} or {@code pods/log}
 * @param namespace the namespace; empty for all of them, and for cluster-scoped kinds
 * @param name one object; empty for all of them
 */
public record Permission(String verb, String group, String resource, String namespace, String name) {

    public Permission {
        if (verb.isEmpty() || resource.isEmpty()) {
            throw new IllegalArgumentException("A permission needs a verb and a resource");
        }
    }

    /** Widen to all objects of all namespaces. */
    public Permission everywhere() {
        return new Permission(verb, group, resource, "", "");
    }

    /** Widen to all objects of the namespace. */
    public Permission wholeNamespace() {
        return new Permission(verb, group, resource, namespace, "");
    }

    /** Print for people, such as {@code get kustomizations.kustomize.toolkit.fluxcd.io "web" in namespace "team"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(verb).append(' ').append(resource);
        if (!group.isEmpty()) {
            text.append('.').append(group);
        }
        if (!name.isEmpty()) {
            text.append(" \"").append(name).append('"');
        }
        return text.append(namespace.isEmpty() ? " in the cluster" : " in namespace \"" + namespace + '"').toString();
    }
}
