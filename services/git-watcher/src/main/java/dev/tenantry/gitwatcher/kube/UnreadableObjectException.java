package dev.tenantry.gitwatcher.kube;

import org.jspecify.annotations.Nullable;

/** Report that an object passed its schema but makes no sense, such as an interval of a million years. */
final class UnreadableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableObjectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
