package dev.tenantry.gitwatcher.webhook;

import java.util.Optional;

/** How a Receiver's callers prove themselves, by {@code spec.type}. */
public enum WebhookType {
    /** By knowing the path. */
    GENERIC("generic"),
    /** By {@code X-Signature: <algorithm>=<HMAC of the body>}. */
    GENERIC_HMAC("generic-hmac"),
    /** By GitHub's {@code X-Hub-Signature-256}, or {@code X-Hub-Signature} where that is missing; Gitea's are the same. */
    GITHUB("github");

    private final String wireName;

    WebhookType(String wireName) {
        this.wireName = wireName;
    }

    /** Find the type that the object names, if it is supported. */
    public static Optional<WebhookType> named(String wireName) {
        for (WebhookType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
