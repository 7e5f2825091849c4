package dev.tenantry.kubernetes.meta;

/** Name the aspects of an object's state, as Flux does. */
public final class ConditionType {

    /** The object is what its spec asks for. The summary that people and tools look at. */
    public static final String READY = "Ready";
    /** Work is going on; present only while it is. */
    public static final String RECONCILING = "Reconciling";
    /** Nothing will happen until a person changes something; present only when true. */
    public static final String STALLED = "Stalled";
    /** The applied objects are healthy. */
    public static final String HEALTHY = "Healthy";
    /** The artifact is stored and can be fetched. */
    public static final String ARTIFACT_IN_STORAGE = "ArtifactInStorage";
    /** The artifact is older than the source; present only when true. */
    public static final String ARTIFACT_OUTDATED = "ArtifactOutdated";
    /** The source could not be fetched; present only when true. */
    public static final String FETCH_FAILED = "FetchFailed";
    /** The artifact could not be made; present only when true. */
    public static final String BUILD_FAILED = "BuildFailed";
    /** The artifact could not be stored; present only when true. */
    public static final String STORAGE_OPERATION_FAILED = "StorageOperationFailed";
    /** An included source is missing; present only when true. */
    public static final String INCLUDE_UNAVAILABLE = "IncludeUnavailable";
    /** The signatures are right; present only when they are asked for. */
    public static final String SOURCE_VERIFIED = "SourceVerified";

    private ConditionType() {}
}
