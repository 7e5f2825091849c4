package dev.tenantry.reconciler.queue;

/** Why a target wants a run. */
public enum Cause {
    /** The object is new to this replica, or its spec changed. */
    SPEC,
    /** Its source has another revision. */
    REVISION,
    /** Somebody asked for it: an annotation, an event or a REST call. */
    REQUEST,
    /** Its interval is over. */
    INTERVAL,
    /** An earlier run failed. */
    RETRY,
    /** A wait has lasted. */
    WAIT,
    /** An object in the cluster no longer is what was applied. */
    DRIFT,
    /** Something that it depends on became ready. */
    DEPENDENCY,
    /** An object whose health it waits for changed. */
    HEALTH,
    /** A ConfigMap or Secret with its variables changed. */
    VARIABLES,
    /** It is being deleted. */
    DELETION,
    /** This replica started, gained its partition, or saw the broker return. */
    RESYNC
}
