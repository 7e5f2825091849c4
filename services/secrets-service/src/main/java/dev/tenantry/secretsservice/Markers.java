package dev.tenantry.secretsservice;

import java.util.Map;

/** The annotations that say how a Secret is treated, beside those of the original kind. */
public final class Markers {

    /** Limits a key to namespaces, separated by commas. */
    public static final String NAMESPACES = "tenantry.dev/namespaces";
    /** Names the fingerprint of the key that was exported out of this Secret. */
    public static final String EXPORTED = "tenantry.dev/exported";
    /** Marks the Secrets that hold keys, {@code active} or anything else for a key that is out of use. */
    public static final String KEY_LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";
    public static final String ACTIVE = "active";

    private Markers() {}

    static boolean isOn(String marker, Map<String, String> annotations) {
        return "true".equals(annotations.get(marker));
    }
}
