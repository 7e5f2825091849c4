package dev.tenantry.kubernetes.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

/**
 * Tell what happened to an object where {@code kubectl describe} and {@code flux events} show it.
 *
 * <p>The same words about the same object within ten minutes are one event whose count grows. An object of which more than
 * 25 different things are told at once gets one more every five minutes, and the others are dropped, as Kubernetes' own
 * recorder does: what must not be lost belongs in a condition.
 */
public final class EventRecorder {

    /** How good the news is. */
    public enum Type {
        NORMAL("Normal"), WARNING("Warning");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }
    }

    /**
     * What something happened to.
     *
     * @param apiVersion the version of its kind, with the group
     * @param kind its kind
     * @param name its name
     * @param uid its identity over time
     * @param resourceVersion its version, empty when unknown
     */
    public record Subject(String apiVersion, String kind, NamespacedName name, String uid, String resourceVersion) {

        /** Take an object as the server gave it. */
        public static Subject of(Manifest object) {
            return new Subject(
                    object.apiVersion(),
                    object.kind(),
                    object.ref().namespacedName(),
                    object.at("metadata", "uid").asText(""),
                    object.at("metadata", "resourceVersion").asText(""));
        }
    }

    private static final ResourceType EVENTS = ResourceType.namespaced("", "v1", "Event", "events");
    private static final Duration SAME = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration STEADY = Duration.ofMinutes(5);
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int LONGEST_NAME = 253;

    private record Words(String uid, Type type, String reason, String message) {}

    /** An event that was told before. */
    private record Earlier(ObjectPath path, Instant last, int count) {}

    private final ObjectApi api;
    private final String component;
    private final Clock clock;
    private final Map<Words, Earlier> earlier = new RecentMap<>();
    // For each object the time at which its next event is due at the steady pace.
    private final Map<String, Instant> paces = new RecentMap<>();
    private long counter;

    /**
     * Tell on behalf of an account, which needs the rights to {@code create} and {@code patch} events.
     *
     * @param component who tells, such as {@code kustomize-controller}
     */
    public EventRecorder(ObjectApi api, String component, Clock clock) {
        this.api = api;
        this.component = component;
        this.clock = clock;
    }

    /**
     * Tell what happened to an object.
     *
     * @param subject what it happened to
     * @param reason one word in PascalCase
     * @param message for people; what is longer than 1024 characters is cut
     * @param annotations what programs want to know of it, such as the revision
     * @return completed when the server has it, or when it was dropped
     */
    public CompletionStage<Void> record(Subject subject, Type type, String reason, String message,
            Map<String, String> annotations) {
        String shortened = message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        Words words = new Words(subject.uid(), type, reason, shortened);
        Instant now = clock.instant();
        Earlier again;
        ObjectPath path;
        synchronized (this) {
            Earlier known = earlier.get(words);
            boolean same = known != null && known.last().plus(SAME).isAfter(now);
            if (!same && !hasTurn(words.uid(), now)) {
                return CompletableFuture.completedStage(null);
            }
            path = same ? known.path() : newPath(subject.name(), now);
            again = new Earlier(path, now, same ? known.count() + 1 : 1);
            earlier.put(words, again);
        }
        return again.count() == 1
                ? create(subject, words, path, now, annotations)
                : countUp(again).exceptionallyCompose(failure -> isGone(failure)
                        ? create(subject, words, path, now, annotations)
                        : CompletableFuture.failedStage(failure));
    }

    private boolean hasTurn(String uid, Instant now) {
        Instant pace = paces.getOrDefault(uid, now);
        if (pace.isAfter(now.plus(STEADY.multipliedBy(BURST - 1)))) {
            return false;
        }
        paces.put(uid, (pace.isAfter(now) ? pace : now).plus(STEADY));
        return true;
    }

    private ObjectPath newPath(NamespacedName object, Instant now) {
        // As Kubernetes' own recorder names them, with a counter instead of nanoseconds that may not be there.
        String suffix = "." + Long.toHexString(now.toEpochMilli()) + Long.toHexString(counter++ & 0xffff);
        String prefix = object.name();
        int room = LONGEST_NAME - suffix.length();
        String name = (prefix.length() <= room ? prefix : prefix.substring(0, room)) + suffix;
        return EVENTS.at(object.namespace().isEmpty() ? "default" : object.namespace(), name);
    }

    private CompletionStage<Void> create(Subject subject, Words words, ObjectPath path, Instant now,
            Map<String, String> annotations) {
        ObjectNode event = Manifest
                .skeleton("v1", "Event", new NamespacedName(path.namespace(), path.name()));
        if (!annotations.isEmpty()) {
            annotations.forEach(event.withObjectProperty("metadata").putObject("annotations")::put);
        }
        event.putObject("involvedObject")
                .put("apiVersion", subject.apiVersion())
                .put("kind", subject.kind())
                .put("namespace", subject.name().namespace())
                .put("name", subject.name().name())
                .put("uid", subject.uid())
                .put("resourceVersion", subject.resourceVersion());
        event.put("type", words.type().wire)
                .put("reason", words.reason())
                .put("message", words.message())
                .put("firstTimestamp", seconds(now))
                .put("lastTimestamp", seconds(now))
                .put("count", 1)
                .put("reportingComponent", component);
        event.putObject("source").put("component", component);
        return api.create(EVENTS, path.namespace(), event).thenApply(created -> null);
    }

    private CompletionStage<Void> countUp(Earlier again) {
        ObjectNode change = JsonNodeFactory.instance.objectNode()
                .put("count", again.count())
                .put("lastTimestamp", seconds(again.last()));
        return api.patch(again.path(), Patch.merge(change)).thenApply(patched -> null);
    }

    private static boolean isGone(Throwable failure) {
        return ApiException.errorOf(failure).filter(ApiError::isNotFound).isPresent();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Forgets what was used the longest time ago. */
    private static final class RecentMap<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        RecentMap() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
