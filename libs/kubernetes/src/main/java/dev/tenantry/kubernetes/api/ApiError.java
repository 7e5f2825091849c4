package dev.tenantry.kubernetes.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Say why a request failed, as the API server's {@code Status} object or the transport put it.
 *
 * @param code the HTTP code, 0 when no answer came
 * @param reason the machine-readable reason, such as {@code NotFound}; {@code Unreachable}, {@code Broken} or
 *     {@code Timeout} when no answer came; empty when the server gave none
 * @param message what went wrong, for people
 * @param resource the plural of the kind it is about, such as {@code namespaces}; empty when the server names none
 * @param name the object it is about; empty when the server names none
 * @param causes the details, such as each invalid field
 * @param retryAfter when the server asked to be left alone for a while
 */
public record ApiError(int code, String reason, String message, String resource, String name, List<Cause> causes,
        Optional<Duration> retryAfter) {

    /** No connection could be made, so the request was not processed. */
    public static final String UNREACHABLE = "Unreachable";
    /** The connection broke before the answer was complete: the request may have been processed. */
    public static final String BROKEN = "Broken";
    /** The deadline passed first: the request may have been processed. */
    public static final String TIMEOUT = "Timeout";

    /**
     * One detail of an error.
     *
     * @param reason its kind, such as {@code FieldManagerConflict} or {@code FieldValueInvalid}
     * @param field the field concerned, such as {@code .spec.replicas}; empty when it concerns no field
     * @param message what is wrong, for people
     */
    public record Cause(String reason, String field, String message) {}

    public ApiError {
        causes = List.copyOf(causes);
    }

    /**
     * Read a {@code Status} object, the form of every error of the API server, in answers and in watches.
     *
     * <p>What it lacks, or all when it is none, is empty.
     */
    public static ApiError of(JsonNode status) {
        JsonNode details = status.path("details");
        List<Cause> causes = new ArrayList<>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(
                    new Cause(
                            cause.path("reason").asText(""),
                            cause.path("field").asText(""),
                            cause.path("message").asText("")));
        }
        long seconds = details.path("retryAfterSeconds").asLong(0);
        return new ApiError(
                status.path("code").asInt(0),
                status.path("reason").asText(""),
                status.path("message").asText(""),
                details.path("kind").asText(""),
                details.path("name").asText(""),
                causes,
                seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty());
    }

    /** Describe a request that got no answer, or none that can be read. */
    static ApiError transport(String reason, String message) {
        return new ApiError(0, reason, message, "", "", List.of(), Optional.empty());
    }

    /** Tell whether the object, its namespace or its kind does not exist. */
    public boolean isNotFound() {
        return code == 404;
    }

    /** Tell whether the server does not serve the kind, at least not in that version. */
    public boolean isUnknownKind() {
        return code == 404 && name.isEmpty();
    }

    /** Tell whether the namespace that was to hold the object does not exist. */
    public boolean isMissingNamespace() {
        return code == 404 && "namespaces".equals(resource);
    }

    /** Tell whether a resourceVersion or uid precondition failed, or another manager owns a field. */
    public boolean isConflict() {
        return code == 409 && !"AlreadyExists".equals(reason);
    }

    /** Tell whether an object of the name exists already. */
    public boolean isAlreadyExists() {
        return code == 409 && "AlreadyExists".equals(reason);
    }

    /** Tell whether the resourceVersion or continue token asked for is too old. */
    public boolean isGone() {
        return code == 410;
    }

    /** Tell whether the server asks for fewer requests; {@link #retryAfter()} may say for how long. */
    public boolean isTooMany() {
        return code == 429;
    }

    /** Tell whether the account lacks the right. */
    public boolean isForbidden() {
        return code == 403;
    }

    /** Tell whether the credentials were not accepted. */
    public boolean isUnauthorized() {
        return code == 401;
    }

    /** Tell whether the object breaks its schema or a validation rule. */
    public boolean isInvalid() {
        // Server-side apply answers 500 without a reason when a field has another type than in the schema.
        return code == 422 || (code == 500 && message.startsWith("failed to create typed patch object"));
    }

    /** Tell whether a field that cannot be changed was to be changed: only a new object can have the new value. */
    public boolean isImmutableField() {
        // Kubernetes has no reason of its own for it; built-in kinds and CEL rules of CRDs both use the word.
        return isInvalid() && (mentionsImmutable(message)
                || causes.stream().anyMatch(cause -> mentionsImmutable(cause.message())));
    }

    /** Tell whether no answer came at all. */
    public boolean isTransport() {
        return code == 0;
    }

    /** Tell whether trying the same again later may succeed: overload, an unavailable server, a lost connection. */
    public boolean isTransient() {
        return isTransport() || isTooMany() || (code >= 500 && !isInvalid());
    }

    private static boolean mentionsImmutable(String text) {
        return text.contains("immutable") || text.contains("Forbidden: updates to");
    }
}
