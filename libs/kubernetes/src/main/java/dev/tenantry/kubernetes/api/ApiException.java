package dev.tenantry.kubernetes.api;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/** Report that the API server refused a request, or could not be asked. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public ApiException(ApiError error) {
        this(error, null);
    }

    public ApiException(ApiError error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    /** Give what the server or the transport said. */
    public ApiError error() {
        return error;
    }

    /** Find the API error in what a stage failed with, however deep futures wrapped it. */
    public static Optional<ApiError> errorOf(@Nullable Throwable failure) {
        Throwable found = failure;
        while (found instanceof CompletionException || found instanceof ExecutionException) {
            found = found.getCause();
        }
        return found instanceof ApiException api ? Optional.of(api.error()) : Optional.empty();
    }
}
