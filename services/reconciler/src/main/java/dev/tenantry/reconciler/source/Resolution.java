package dev.tenantry.reconciler.source;

/** What a reference to a source leads to. */
public sealed interface Resolution {

    /** The source has an artifact. */
    record Found(SourceRevision revision) implements Resolution {}

    /** There is no such source; its creation wakes its targets up. */
    record NotFound(String message) implements Resolution {}

    /** The source has no artifact yet; its first one wakes its targets up. */
    record NotReady(String message) implements Resolution {}
}
