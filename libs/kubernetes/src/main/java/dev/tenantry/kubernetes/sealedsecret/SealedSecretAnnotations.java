package dev.tenantry.kubernetes.sealedsecret;

/** Name the annotations of SealedSecrets, of their templates and of the Secrets made of them; all have effect by {@code "true"}. */
public final class SealedSecretAnnotations {

    private static final String PREFIX = "sealedsecrets.bitnami.com/";

    /** On a SealedSecret: it was sealed for any name in any namespace. It wins over {@link #NAMESPACE_WIDE}. */
    public static final String CLUSTER_WIDE = PREFIX + "cluster-wide";
    /** On a SealedSecret: it was sealed for any name in its namespace. */
    public static final String NAMESPACE_WIDE = PREFIX + "namespace-wide";
    /** On a Secret that is there already: a SealedSecret of its name may take it over. */
    public static final String MANAGED = PREFIX + "managed";
    /** On a Secret that is there already: a SealedSecret of its name may add to it, and what it does not name stays. */
    public static final String PATCH = PREFIX + "patch";
    /** On a template: the Secret is not owned by its SealedSecret, and outlives it. */
    public static final String SKIP_SET_OWNER_REFERENCES = PREFIX + "skip-set-owner-references";

    private SealedSecretAnnotations() {}
}
