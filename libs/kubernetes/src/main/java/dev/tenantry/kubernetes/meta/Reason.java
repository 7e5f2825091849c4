package dev.tenantry.kubernetes.meta;

/** Name why a condition is as it is, in Flux's words where Flux has one. */
public final class Reason {

    // Of every kind.
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";
    public static final String PROGRESSING = "Progressing";
    public static final String PROGRESSING_WITH_RETRY = "ProgressingWithRetry";
    public static final String SUSPENDED = "Suspended";
    public static final String DEPENDENCY_NOT_READY = "DependencyNotReady";
    public static final String ACCESS_DENIED = "AccessDenied";
    public static final String FEATURE_GATE_DISABLED = "FeatureGateDisabled";
    public static final String INVALID_CEL_EXPRESSION = "InvalidCELExpression";

    // Of sources.
    public static final String NEW_REVISION = "NewRevision";
    public static final String NEW_ARTIFACT = "NewArtifact";
    public static final String ARTIFACT_UP_TO_DATE = "ArtifactUpToDate";
    public static final String NO_ARTIFACT = "NoArtifact";
    public static final String URL_INVALID = "URLInvalid";
    public static final String AUTHENTICATION_FAILED = "AuthenticationFailed";
    public static final String VERIFICATION_ERROR = "VerificationError";
    public static final String GIT_OPERATION_SUCCEEDED = "GitOperationSucceeded";
    public static final String GIT_OPERATION_FAILED = "GitOperationFailed";
    public static final String INVALID_PROVIDER_CONFIGURATION = "InvalidProviderConfiguration";
    public static final String STORAGE_OPERATION_FAILED = "StorageOperationFailed";

    // Of Kustomizations.
    public static final String RECONCILIATION_SUCCEEDED = "ReconciliationSucceeded";
    public static final String RECONCILIATION_FAILED = "ReconciliationFailed";
    public static final String ARTIFACT_FAILED = "ArtifactFailed";
    public static final String BUILD_FAILED = "BuildFailed";
    public static final String PRUNE_FAILED = "PruneFailed";
    public static final String HEALTH_CHECK_FAILED = "HealthCheckFailed";

    // Of receivers.
    public static final String TOKEN_NOT_FOUND = "TokenNotFound";

    // Of Tenantry only.
    /** The spec sets a field that is not implemented. */
    public static final String UNSUPPORTED_FIELD = "UnsupportedField";
    /** The object is not what its schema promises, in a way that the schema cannot tell. */
    public static final String UNREADABLE = "Unreadable";
    /** Nothing was rendered, while objects are applied: pruning all of them needs a person's word. */
    public static final String EMPTY_RENDER = "EmptyRender";
    /** Another live Kustomization owns an object. */
    public static final String CONFLICT = "Conflict";

    private Reason() {}
}
