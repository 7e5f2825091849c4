package dev.tenantry.reconciler.kube;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.prune.Pruner;

/**
 * The metadata of all objects that carry owner labels, of the kinds that are followed: one watch for each kind.
 * <p>
 * An object counts as changed when our manager's entry in its managed fields, its owner or its existence did; all else
 * that happens to it, such as a new status, does not.
 */
final class LiveObjects implements AutoCloseable {

    static final String MANAGER = "kustomize-controller";

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveObjects.class);

    /** A kind that cannot be listed soon must not keep a target from being applied. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectApi api;
    private final ChangeListener listener;
    private final Map<ResourceType, Follow> followed = new ConcurrentHashMap<>();
    private final Map<ObjectRef, Known> objects = new ConcurrentHashMap<>();

    /** Is told of objects that are not as they were. */
    interface ChangeListener {

        /** @param now null where the object is gone */
        void changed(NamespacedName owner, ObjectRef ref, @Nullable LiveObject now);
    }

    /** @param settled when waiting for the watch is of no use any more */
    private record Follow(ObjectWatch watch, CompletableFuture<Void> settled) {}

    /** @param told whether by a watch, and not only by the answer to a request of ours */
    private record Known(LiveObject object, boolean told) {

        long version() {
            return LiveObjects.version(object.resourceVersion());
        }
    }

    LiveObjects(ObjectApi api, ChangeListener listener) {
        this.api = api;
        this.listener = listener;
    }

    /**
     * Follow a kind from now on.
     *
     * @return complete when all that is there is known; or when that cannot be had, for want of a right, or in time, which
     *     is waited for once only ({@link #knows} tells)
     */
    CompletionStage<Void> follow(ResourceType type) {
        return followed.computeIfAbsent(type, this::start).settled();
    }

    private Follow start(ResourceType type) {
        var settled = new CompletableFuture<Void>();
        var watch = ObjectWatch.ofMetadata(api, type, WatchScope.everywhere().labelled(OwnerLabels.NAME),
                new Listener(type, settled));
        watch.whenSynced().whenComplete((nothing, closed) -> settled.complete(null));
        settled.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return new Follow(watch, settled);
    }

    /** Tell whether all objects of a kind are known. */
    boolean knows(ResourceType type) {
        Follow follow = followed.get(type);
        return follow != null && follow.watch().whenSynced().toCompletableFuture().state() == Future.State.SUCCESS;
    }

    Optional<LiveObject> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref)).map(Known::object);
    }

    /** Take what one of our own requests answered, which the watch tells only later. */
    void written(ObjectRef ref, LiveObject now) {
        var known = new Known(now, false);
        objects.compute(ref, (any, before) -> before == null || known.version() > before.version() ? known : before);
    }

    /** Forget an object that a request of ours has not found or has deleted, unless a watch is there to tell. */
    void absent(ObjectRef ref) {
        if (followed.keySet().stream().noneMatch(type -> isOfKind(type, ref.group(), ref.kind()) && knows(type))) {
            objects.remove(ref);
        }
    }

    @Override
    public void close() {
        followed.values().forEach(follow -> follow.watch().close());
    }

    private void seen(ObjectRef ref, LiveObject now) {
        var known = new Known(now, true);
        objects.compute(ref, (any, before) -> before == null || known.version() >= before.version() ? known : before);
        if (now.owner() != null) {
            listener.changed(now.owner(), ref, now);
        }
    }

    /** An object in a newer version has been made anew by us, and the watch is still telling of the one before. */
    private void gone(ObjectRef ref, String resourceVersion) {
        drop(ref, known -> known.version() <= version(resourceVersion));
    }

    /** What we wrote before the list was made, and was not in it, is gone, though no watch ever told of it. */
    private void listed(ResourceType type, String resourceVersion) {
        dropAll(type, known -> !known.told() && known.version() <= version(resourceVersion));
    }

    private void dropAll(ResourceType type, Predicate<Known> which) {
        objects.keySet()
                .stream()
                .filter(ref -> isOfKind(type, ref.group(), ref.kind()))
                .forEach(ref -> drop(ref, which));
    }

    private static boolean isOfKind(ResourceType type, String group, String kind) {
        return type.group().equals(group) && type.kind().equals(kind);
    }

    private void drop(ObjectRef ref, Predicate<Known> which) {
        Known[] dropped = new Known[1];
        objects.computeIfPresent(ref, (any, before) -> {
            if (!which.test(before)) {
                return before;
            }
            dropped[0] = before;
            return null;
        });
        if (dropped[0] != null && dropped[0].object().owner() != null) {
            listener.changed(dropped[0].object().owner(), ref, null);
        }
    }

    /** Versions of one kind count up; the API server has promised so since Kubernetes 1.35, and etcd always did so. */
    private static long version(String resourceVersion) {
        return resourceVersion.isEmpty() ? Long.MAX_VALUE : Long.parseLong(resourceVersion);
    }

    static LiveObject describe(ObjectMetadata metadata) {
        Optional<ManagedFields> ours = metadata.appliedBy(MANAGER);
        return new LiveObject(metadata.uid(), metadata.resourceVersion(),
                OwnerLabels.ownerOf(metadata.labels()).orElse(null),
                ours.map(entry -> managed(entry, metadata)).orElse(null),
                deletion(metadata),
                isOn(Marker.RECONCILE_DISABLED, metadata),
                other(metadata, ours.map(ManagedFields::time).orElse("")));
    }

    /** Find who else changed the object last, unless we did after that: times are in UTC, and so in the order of text. */
    private static LiveObject.@Nullable Other other(ObjectMetadata metadata, String applied) {
        return metadata.othersThan(MANAGER)
                .stream()
                .filter(entry -> entry.time().compareTo(applied) >= 0)
                .max(Comparator.comparing(ManagedFields::time))
                .map(entry -> new LiveObject.Other(entry.manager(), entry.fields().toString()))
                .orElse(null);
    }

    /** What is to be taken back counts too, so that it makes the object drift. */
    private static String managed(ManagedFields ours, ObjectMetadata metadata) {
        String hash = Long.toHexString(ours.hash());
        return Takeover.pending(metadata).map(pending -> hash + "+" + pending).orElse(hash);
    }

    private static Deletion deletion(ObjectMetadata metadata) {
        if (metadata.deletionTimestamp().isPresent()) {
            return Deletion.UNDER_WAY;
        }
        return Pruner.STAYS.stream().anyMatch(marker -> isOn(marker, metadata)) ? Deletion.DISABLED : Deletion.ALLOWED;
    }

    private static boolean isOn(Marker marker, ObjectMetadata metadata) {
        return marker.isOn(metadata.labels(), metadata.annotations());
    }

    private final class Listener implements WatchListener<ObjectMetadata> {

        private final ResourceType type;
        private final CompletableFuture<Void> settled;

        Listener(ResourceType type, CompletableFuture<Void> settled) {
            this.type = type;
            this.settled = settled;
        }

        @Override
        public void added(ObjectMetadata metadata) {
            seen(ref(metadata), describe(metadata));
        }

        @Override
        public void modified(ObjectMetadata metadata) {
            seen(ref(metadata), describe(metadata));
        }

        @Override
        public void deleted(ObjectMetadata metadata) {
            gone(ref(metadata), metadata.resourceVersion());
        }

        @Override
        public void synced(String resourceVersion) {
            listed(type, resourceVersion);
        }

        @Override
        public void interrupted(Throwable cause) {
            Optional<ApiError> error = ApiException.errorOf(cause);
            if (error.filter(ApiError::isUnknownKind).isPresent()) {
                unserved();
                return;
            }
            LOGGER.warn("a metadata watch was cut and goes on kind={} cause={}", type, cause.getMessage());
            if (error.filter(ApiError::isForbidden).isPresent()) {
                settled.complete(null);
            }
        }

        /** A kind that is served again some day is followed anew by whoever applies objects of it. */
        private void unserved() {
            LOGGER.info("a kind is served no more, so it is not followed any more kind={}", type);
            followed.computeIfPresent(type, (any, follow) -> {
                if (follow.settled() != settled) {
                    return follow;
                }
                follow.watch().close();
                return null;
            });
            // Where another version of the kind is followed, the objects live on in that, whose watch tells when they go.
            if (followed.keySet().stream().noneMatch(other -> isOfKind(other, type.group(), type.kind()))) {
                dropAll(type, known -> true);
            }
        }

        private ObjectRef ref(ObjectMetadata metadata) {
            return new ObjectRef(type.group(), type.kind(), metadata.name().namespace(), metadata.name().name());
        }
    }
}
