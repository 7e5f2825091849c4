package dev.tenantry.kubernetes.api;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * Address one object at the API server.
 *
 * @param type how its kind is served
 * @param namespace its namespace, empty exactly when the kind is cluster-scoped
 * @param name its name
 */
public record ObjectPath(ResourceType type, String namespace, String name) {

    public ObjectPath {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The name of a " + type.kind() + " is empty");
        }
        if (type.namespaced() == namespace.isEmpty()) {
            throw new IllegalArgumentException(
                    type.namespaced()
                            ? type.kind() + " '" + name + "' needs a namespace"
                            : type.kind() + " '" + name + "' is cluster-scoped and takes no namespace");
        }
    }

    /** Give the object's identity without the version. */
    public ObjectRef ref() {
        return new ObjectRef(type.group(), type.kind(), namespace, name);
    }

    /** Give the path relative to the server. */
    String relative() {
        return type.collectionPath(namespace) + "/" + ApiRequest.encodeSegment(name);
    }

    @Override
    public String toString() {
        return ref().toString();
    }
}
