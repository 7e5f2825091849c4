package dev.tenantry.gitwatcher.store;

import org.jspecify.annotations.Nullable;

/** Report that the history cannot be read now: Postgres is not there, or not ready. */
public final class HistoryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HistoryUnavailableException(@Nullable Throwable cause) {
        super("The history cannot be read now: Postgres does not answer. What is watched does not depend on it.",
                cause);
    }
}
