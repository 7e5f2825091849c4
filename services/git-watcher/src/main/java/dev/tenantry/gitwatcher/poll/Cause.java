package dev.tenantry.gitwatcher.poll;

/** Why a source is looked at. */
public enum Cause {
    /** Its interval is over. */
    INTERVAL,
    /** The last try failed. */
    RETRY,
    /** The object is new, or its spec changed. */
    SPEC,
    /** Someone asked for it by an annotation, which the look has to note in the status. */
    ANNOTATION,
    /** Another service asked for it by an event. */
    REQUEST,
    /** A push webhook named it. */
    WEBHOOK,
    /** This replica started, came to own it, or got its broker back, and may have missed something. */
    RESYNC;

    /** Tell whether a look already under way cannot answer it, since it has read the object before it changed. */
    boolean needsObjectRead() {
        return this == SPEC || this == ANNOTATION;
    }
}
