package dev.tenantry.kubernetes.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Hold what a metadata watch tells of an object.
 *
 * @param name its namespace and name
 * @param uid its identity over time; empty when the object was found missing and its deletion was not seen
 * @param resourceVersion its version; the last one seen when the deletion was not
 * @param generation how often its spec was changed; 0 for kinds that do not count
 * @param deletionTimestamp when it was asked to go, while finalizers hold it
 */
public record ObjectMetadata(NamespacedName name, String uid, String resourceVersion, long generation,
        Map<String, String> labels, Map<String, String> annotations, List<ManagedFields> managedFields,
        Optional<Instant> deletionTimestamp) {

    public ObjectMetadata {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        managedFields = List.copyOf(managedFields);
    }

    /**
     * Read the metadata of an object as the server sent it, whole or as {@code PartialObjectMetadata}.
     *
     * @throws IllegalArgumentException when its deletionTimestamp is no time
     */
    public static ObjectMetadata of(ObjectNode object) {
        return new Codec.OfMetadata().read(object);
    }

    /** Stand for an object that is gone, of which nothing but the last version is known. */
    static ObjectMetadata gone(NamespacedName name, String resourceVersion) {
        return new ObjectMetadata(name, "", resourceVersion, 0, Map.of(), Map.of(), List.of(), Optional.empty());
    }

    /** Find what a manager set by server-side apply, the status and other subresources left out. */
    public Optional<ManagedFields> appliedBy(String manager) {
        return managedFields.stream().filter(entry -> entry.isApplyBy(manager)).findFirst();
    }

    /** List the managers other than one that own a field of the object itself, in the order of the object. */
    public List<ManagedFields> othersThan(String manager) {
        return managedFields.stream()
                .filter(entry -> entry.subresource().isEmpty() && !entry.manager().equals(manager))
                .toList();
    }
}
