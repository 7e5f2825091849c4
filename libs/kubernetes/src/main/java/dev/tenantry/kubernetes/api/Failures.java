package dev.tenantry.kubernetes.api;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.fabric8.kubernetes.client.http.HttpResponse;

/** Turns refusals and broken exchanges into the one error type of this package. */
final class Failures {

    private static final int LONGEST_TEXT = 300;

    private Failures() {}

    /** Reads the {@code Status} object of an unsuccessful answer; a proxy's plain text is quoted instead. */
    static ApiError refused(ApiRequest request, HttpResponse<?> response, byte[] body) {
        ApiError status = ApiError.of(statusOf(body));
        return new ApiError(
                response.code(),
                status.reason(),
                status.message().isEmpty() ? plainText(request, response.code(), body) : status.message(),
                status.resource(),
                status.name(),
                status.causes(),
                retryAfter(response.header("Retry-After")).or(status::retryAfter));
    }

    /** Describes an exchange that ended without an answer. */
    static ApiException broken(ApiRequest request, Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof ApiException known) {
            return known;
        }
        String reason = isUnconnected(cause) || cause instanceof SSLException
                ? ApiError.UNREACHABLE
                : cause instanceof TimeoutException ? ApiError.TIMEOUT : ApiError.BROKEN;
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ApiException(ApiError.transport(reason, request + ": " + message), cause);
    }

    /** Tells whether no connection was made, so that nothing can have been processed. */
    static boolean isUnconnected(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof ConnectException || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException;
    }

    /** Tells whether the other side failed to prove who it is, which waiting does not mend. */
    static boolean isDistrust(Throwable failure) {
        return unwrap(failure) instanceof SSLException;
    }

    static Throwable unwrap(Throwable failure) {
        Throwable found = failure;
        while (found instanceof CompletionException && found.getCause() != null) {
            found = found.getCause();
        }
        return found;
    }

    private static JsonNode statusOf(byte[] body) {
        try {
            JsonNode read = Json.read(body);
            return "Status".equals(read.path("kind").asText()) ? read : MissingNode.getInstance();
        } catch (ApiException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String plainText(ApiRequest request, int code, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
        return request + ": HTTP " + code + (text.isEmpty() ? "" : ": " + text);
    }

    private static Optional<Duration> retryAfter(@Nullable String header) {
        return header != null && header.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }
}
