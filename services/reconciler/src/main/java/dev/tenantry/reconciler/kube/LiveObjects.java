package dev.tenantry.reconciler.kube;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ManagedFields;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.OwnerLabels;

/**
 * The metadata of all objects that carry owner labels, of the kinds that are followed: one watch for each kind.
 * <p>
 * An object counts as changed when our manager's entry in its managed fields, its owner or its existence did; all else
 * that happens to it, such as a new status, does not.
 */
final class LiveObjects implements AutoCloseable {

    static final String MANAGER = "kustomize-controller";

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveObjects.class);

    private final ObjectApi api;
    private final ChangeListener listener;
    private final Map<ResourceType, ObjectWatch> watches = new ConcurrentHashMap<>();
    private final Map<ObjectRef, LiveObject> objects = new ConcurrentHashMap<>();

    /** Is told of objects that are not as they were. */
    interface ChangeListener {

        /** @param now null where the object is gone */
        void changed(NamespacedName owner, ObjectRef ref, @Nullable LiveObject now);
    }

    LiveObjects(ObjectApi api, ChangeListener listener) {
        this.api = api;
        this.listener = listener;
    }

    /** Follow a kind from now on; complete when all that is there is known. */
    CompletionStage<Void> follow(ResourceType type) {
        return watches.computeIfAbsent(type,
                any -> ObjectWatch.ofMetadata(api, type, WatchScope.everywhere().labelled(OwnerLabels.NAME),
                        new Listener(type)))
                .whenSynced();
    }

    /** Tell whether all objects of a kind are known. */
    boolean knows(ResourceType type) {
        ObjectWatch watch = watches.get(type);
        return watch != null && watch.whenSynced().toCompletableFuture().isDone();
    }

    Optional<LiveObject> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /** Take what one of our own writes answered, which the watch tells only later. */
    void written(ObjectRef ref, LiveObject now) {
        objects.compute(ref, (any, before) -> before == null || isNewer(now, before) ? now : before);
    }

    @Override
    public void close() {
        watches.values().forEach(ObjectWatch::close);
    }

    private void seen(ObjectRef ref, LiveObject now) {
        objects.compute(ref, (any, before) -> before == null || isNewer(now, before) ? now : before);
        if (now.owner() != null) {
            listener.changed(now.owner(), ref, now);
        }
    }

    private void gone(ObjectRef ref, String resourceVersion) {
        LiveObject[] removed = new LiveObject[1];
        objects.computeIfPresent(ref, (any, before) -> {
            if (Long.parseLong(before.resourceVersion()) > version(resourceVersion)) {
                // It has been made anew by us, and the watch is still telling of the one before.
                return before;
            }
            removed[0] = before;
            return null;
        });
        if (removed[0] != null && removed[0].owner() != null) {
            listener.changed(removed[0].owner(), ref, null);
        }
    }

    private static boolean isNewer(LiveObject one, LiveObject other) {
        return version(one.resourceVersion()) >= version(other.resourceVersion());
    }

    /** Versions of one kind count up; the API server has promised so since Kubernetes 1.35, and etcd always did so. */
    private static long version(String resourceVersion) {
        return resourceVersion.isEmpty() ? Long.MAX_VALUE : Long.parseLong(resourceVersion);
    }

    static LiveObject describe(ObjectMetadata metadata) {
        return new LiveObject(metadata.uid(), metadata.resourceVersion(),
                OwnerLabels.ownerOf(metadata.labels()).orElse(null),
                metadata.appliedBy(MANAGER).map(LiveObjects::managed).orElse(null),
                isReconcileDisabled(metadata),
                metadata.othersThan(MANAGER)
                        .stream()
                        .max(Comparator.comparing(ManagedFields::time))
                        .map(ManagedFields::manager)
                        .orElse(""));
    }

    static String managed(ManagedFields entry) {
        return Long.toHexString(entry.hash());
    }

    private static boolean isReconcileDisabled(ObjectMetadata metadata) {
        String key = "kustomize.toolkit.fluxcd.io/reconcile";
        return "disabled".equalsIgnoreCase(metadata.labels().get(key))
                || "disabled".equalsIgnoreCase(metadata.annotations().get(key));
    }

    private final class Listener implements WatchListener<ObjectMetadata> {

        private final ResourceType type;

        Listener(ResourceType type) {
            this.type = type;
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
        public void interrupted(Throwable cause) {
            LOGGER.warn("a metadata watch was cut and goes on kind={} cause={}", type, cause.getMessage());
        }

        private ObjectRef ref(ObjectMetadata metadata) {
            return new ObjectRef(type.group(), type.kind(), metadata.name().namespace(), metadata.name().name());
        }
    }
}
