package dev.tenantry.gitwatcher.repository;

/**
 * Identify a state of an object.
 *
 * @param uid the identity of the object, different for a later one of the same name
 * @param resourceVersion the identity of this state
 * @param generation the number of changes of the spec
 */
public record ObjectVersion(String uid, String resourceVersion, long generation) {

    /** Tell whether the other state is of another object, or an earlier one of the same. */
    public boolean isAfter(ObjectVersion other) {
        // Resource versions of one object are ordered numbers: https://kep.k8s.io/5504
        return !uid.equals(other.uid)
                || Long.parseUnsignedLong(resourceVersion) > Long.parseUnsignedLong(other.resourceVersion);
    }
}
