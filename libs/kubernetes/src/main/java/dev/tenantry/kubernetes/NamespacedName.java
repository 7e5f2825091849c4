package dev.tenantry.kubernetes;

/**
 * Name an object within its kind.
 *
 * @param namespace the namespace, empty for a cluster-scoped object
 * @param name the name, never empty
 */
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {

    public NamespacedName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An object's name is empty");
        }
    }

    /**
     * Parse {@code namespace/name}, or a bare {@code name} of a cluster-scoped object.
     *
     * @throws IllegalArgumentException when the name is empty or there is more than one slash
     */
    public static NamespacedName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new NamespacedName("", text);
        }
        if (text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not of the form namespace/name");
        }
        return new NamespacedName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(NamespacedName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** Print as {@code namespace/name}, the form that keys and messages use. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
