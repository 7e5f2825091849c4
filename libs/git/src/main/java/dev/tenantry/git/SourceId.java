package dev.tenantry.git;

/**
 * Name a source, the GitRepository object that a fetch is for.
 *
 * @param namespace the object's namespace
 * @param name the object's name
 */
public record SourceId(String namespace, String name) {

    public SourceId {
        if (!isObjectName(namespace) || !isObjectName(name)) {
            throw new IllegalArgumentException("Not the name of an object: \"" + namespace + "/" + name + "\"");
        }
    }

    /** Accept what Kubernetes accepts (RFC 1123 subdomains), so that a source's name is also a safe path. */
    private static boolean isObjectName(String name) {
        return name.length() <= 253 && name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
