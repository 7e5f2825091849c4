package dev.tenantry.kubernetes.api;

import org.jspecify.annotations.Nullable;

/**
 * Say how an object is deleted.
 *
 * @param uid delete only the object that has it; another one of the same name is a conflict
 * @param resourceVersion delete only when nothing changed since; a change is a conflict
 * @param propagation what happens to its dependents; the kind's default when null
 * @param dryRun whether to delete nothing
 */
public record DeleteOptions(@Nullable String uid, @Nullable String resourceVersion, @Nullable Propagation propagation,
        boolean dryRun) {

    /** What happens to the objects that the deleted one owns. */
    public enum Propagation {
        /** They are deleted after it, by the garbage collector. */
        BACKGROUND("Background"),
        /** They are deleted before it. */
        FOREGROUND("Foreground"),
        /** They stay. */
        ORPHAN("Orphan");

        private final String wire;

        Propagation(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    /** Delete whatever has the name. */
    public static DeleteOptions unconditionally() {
        return new DeleteOptions(null, null, null, false);
    }

    /** Delete only exactly what was seen. */
    public static DeleteOptions onlyIf(String uid, String resourceVersion) {
        return new DeleteOptions(uid, resourceVersion, null, false);
    }

    /** Choose what happens to dependents. */
    public DeleteOptions with(Propagation chosen) {
        return new DeleteOptions(uid, resourceVersion, chosen, dryRun);
    }

    /** Delete nothing, only check that it could be. */
    public DeleteOptions dry() {
        return new DeleteOptions(uid, resourceVersion, propagation, true);
    }
}
