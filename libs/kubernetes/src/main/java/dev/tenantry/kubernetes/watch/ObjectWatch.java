package dev.tenantry.kubernetes.watch;

import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Follow the objects of a kind, whole or only their metadata.
 *
 * <p>The listener is told of every object at the start and then of every change, in order, at least once. A cut watch
 * goes on from the last version seen; when the server has forgotten that, all is listed again, and the listener is told
 * the difference. Nothing is kept of an object but its name and version, and no thread is held.
 */
public final class ObjectWatch implements AutoCloseable {

    private static final int FEW = 20;

    private final WatchLoop<?> loop;

    private ObjectWatch(WatchLoop<?> loop) {
        this.loop = loop;
        loop.start();
    }

    /** Begin to watch whole objects on behalf of an account, until closed: where their spec or status counts. */
    public static ObjectWatch ofObjects(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectNode> listener) {
        return new ObjectWatch(new WatchLoop<>(api.connection(), type, scope, new Codec.OfObjects(type), listener,
                WatchTiming.DEFAULT));
    }

    /** Begin to watch whole objects that may each be as large as a request can be: a list has few of them at a time. */
    public static ObjectWatch ofLargeObjects(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectNode> listener) {
        return new ObjectWatch(new WatchLoop<>(api.connection(), type, scope, new Codec.OfObjects(type), listener,
                WatchTiming.DEFAULT.withPageSize(FEW)));
    }

    /** Begin to watch metadata on behalf of an account, until closed: for kinds with many or large objects. */
    public static ObjectWatch ofMetadata(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectMetadata> listener) {
        return ofMetadata(api, type, scope, listener, WatchTiming.DEFAULT);
    }

    static ObjectWatch ofMetadata(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectMetadata> listener, WatchTiming timing) {
        return new ObjectWatch(
                new WatchLoop<>(api.connection(), type, scope, new Codec.OfMetadata(), listener, timing));
    }

    /** Complete when the listener has been told of all objects there were at the start; fail when closed before. */
    public CompletionStage<Void> whenSynced() {
        return loop.whenSynced();
    }

    /** End the watch: the listener's call that runs, if any, is the last one. */
    @Override
    public void close() {
        loop.close();
    }
}
