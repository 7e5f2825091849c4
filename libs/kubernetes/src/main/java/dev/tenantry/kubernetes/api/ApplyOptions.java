package dev.tenantry.kubernetes.api;

/**
 * Say how an object is applied.
 *
 * @param fieldManager the name under which the server notes the fields as ours
 * @param force whether to take fields over from other managers, which otherwise are a conflict
 * @param dryRun whether to change nothing and only give what would be
 * @param subresource {@code status} to apply that, else empty
 */
public record ApplyOptions(String fieldManager, boolean force, boolean dryRun, String subresource) {

    public ApplyOptions {
        if (fieldManager.isEmpty()) {
            throw new IllegalArgumentException("Server-side apply needs a field manager");
        }
    }

    /** Apply as a manager, failing when another one owns a field with a different value. */
    public static ApplyOptions as(String fieldManager) {
        return new ApplyOptions(fieldManager, false, false, "");
    }

    /** Take fields over from other managers. */
    public ApplyOptions forced() {
        return new ApplyOptions(fieldManager, true, dryRun, subresource);
    }

    /** Change nothing, only give what would be. */
    public ApplyOptions dry() {
        return new ApplyOptions(fieldManager, force, true, subresource);
    }

    /** Apply the status instead of the rest. */
    public ApplyOptions onStatus() {
        return new ApplyOptions(fieldManager, force, dryRun, "status");
    }
}
