package dev.tenantry.events;

import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes object that an event is about.
 *
 * @param group the API group, empty for the core group
 * @param kind the kind, as in the object
 * @param namespace the namespace, empty for a cluster-wide object
 * @param name the name
 * @param uid the uid, or null where the publisher did not know it
 */
public record Subject(String group, String kind, String namespace, String name, @Nullable String uid) {

    public Subject {
        Require.present(group, "group");
        Require.text(kind, "kind");
        Require.present(namespace, "namespace");
        Require.text(name, "name");
        Require.textOrNull(uid, "uid");
    }

    /** Join namespace and name with a slash; a cluster-wide object has its name alone. */
    public String key() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** Join kind and key with a slash; the CloudEvents {@code subject}. */
    @Override
    public String toString() {
        return kind + "/" + key();
    }
}
