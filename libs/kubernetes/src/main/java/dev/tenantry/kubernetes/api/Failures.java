package dev.tenantry.kubernetes.api;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.fabric8.kubernetes.client.http.HttpResponse;

/** Turns refusals and broken exchanges into the one error type of this package. */
final class Failures {

    private static final int LONGEST_TEXT = 300;

    private Failures() {}

    /** Reads the {@code Status} object of an unsuccessful answer; a proxy's plain text is quoted instead. */
    static ApiError refused(ApiRequest request, HttpResponse<?> response, byte[] body) {
        JsonNode status = statusOf(body);
        return new ApiError(
                response.code(),
                status.path("reason").asText(""),
                status.path("message").asText(plainText(request, response.code(), body)),
                status.path("details").path("kind").asText(""),
                status.path("details").path("name").asText(""),
                causes(status),
                retryAfter(response.header("Retry-After"), status));
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
            return "Status".equals(read.path("kind").asText()) ? read : Json.MAPPER.missingNode();
        } catch (ApiException notJson) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String plainText(ApiRequest request, int code, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
        return request + ": HTTP " + code + (text.isEmpty() ? "" : ": " + text);
    }

    private static List<ApiError.Cause> causes(JsonNode status) {
        List<ApiError.Cause> causes = new ArrayList<>();
        for (JsonNode cause : status.path("details").path("causes")) {
            causes.add(
                    new ApiError.Cause(
                            cause.path("reason").asText(""),
                            cause.path("field").asText(""),
                            cause.path("message").asText("")));
        }
        return causes;
    }

    private static Optional<Duration> retryAfter(@Nullable String header, JsonNode status) {
        if (header != null && header.matches("\\d{1,6}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
        }
        long seconds = status.path("details").path("retryAfterSeconds").asLong(0);
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }
}
