package dev.tenantry.kubernetes;

import java.util.Comparator;
import java.util.Set;

/**
 * Identify an object, whatever version of its kind is read or written.
 *
 * @param group the API group, empty for the core group
 * @param kind the kind, never empty
 * @param namespace the namespace, empty for a cluster-scoped object
 * @param name the name, never empty
 */
public record ObjectRef(String group, String kind, String namespace, String name) implements Comparable<ObjectRef> {

    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::group)
            .thenComparing(ObjectRef::kind)
            .thenComparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::name);
    private static final String RBAC_GROUP = "rbac.authorization.k8s.io";
    private static final Set<String> RBAC_KINDS = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
    private static final String ESCAPED_COLON = "__";

    public ObjectRef {
        if (kind.isEmpty()) {
            throw new IllegalArgumentException("An object's kind is empty");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The name of a " + kind + " is empty");
        }
    }

    /**
     * Parse an inventory id, the reverse of {@link #inventoryId()}.
     *
     * <p>A name may hold single underscores, as the names of RBAC objects do.
     *
     * @throws IllegalArgumentException when there are fewer than four fields, or kind or name is empty
     */
    public static ObjectRef parse(String inventoryId) {
        int afterNamespace = inventoryId.indexOf('_');
        int beforeKind = inventoryId.lastIndexOf('_');
        int beforeGroup = beforeKind < 0 ? -1 : inventoryId.lastIndexOf('_', beforeKind - 1);
        if (beforeGroup <= afterNamespace) {
            throw new IllegalArgumentException(
                    "'" + inventoryId + "' is not of the form <namespace>_<name>_<group>_<kind>");
        }
        String group = inventoryId.substring(beforeGroup + 1, beforeKind);
        String kind = inventoryId.substring(beforeKind + 1);
        String name = inventoryId.substring(afterNamespace + 1, beforeGroup);
        return new ObjectRef(
                group,
                kind,
                inventoryId.substring(0, afterNamespace),
                isRbac(group, kind) ? name.replace(ESCAPED_COLON, ":") : name);
    }

    /**
     * Print the id that stands for the object in {@code status.inventory}: {@code <namespace>_<name>_<group>_<kind>}.
     *
     * <p>The names of RBAC objects may hold colons, which the format writes as two underscores. The format is that of
     * cli-utils' {@code ObjMetadata}, which Flux's inventories and {@code flux tree} use.
     */
    public String inventoryId() {
        String written = isRbac(group, kind) ? name.replace(":", ESCAPED_COLON) : name;
        return namespace + "_" + written + "_" + group + "_" + kind;
    }

    public NamespacedName namespacedName() {
        return new NamespacedName(namespace, name);
    }

    /** Give the same object in another namespace. */
    public ObjectRef inNamespace(String otherNamespace) {
        return new ObjectRef(group, kind, otherNamespace, name);
    }

    private static boolean isRbac(String group, String kind) {
        return RBAC_GROUP.equals(group) && RBAC_KINDS.contains(kind);
    }

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    /** Print as Flux does in its events: {@code Kind/namespace/name}, without the namespace when cluster-scoped. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
    }
}
