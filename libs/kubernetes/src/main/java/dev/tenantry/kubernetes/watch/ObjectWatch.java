package dev.tenantry.kubernetes.watch;

import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Follow whole objects of a kind, for as long as something waits for what they become.
 *
 * <p>The listener is told of every object at the start and then of every change, in order, at least once. A cut watch
 * goes on from the last version seen; when the server has forgotten that, all is listed again, and the listener is told
 * the difference. Nothing is kept of an object but its name and version, and no thread is held.
 */
public final class ObjectWatch implements AutoCloseable {

    private final WatchLoop<ObjectNode> loop;

    private ObjectWatch(WatchLoop<ObjectNode> loop) {
        this.loop = loop;
    }

    /** Begin to watch on behalf of an account, until closed. */
    public static ObjectWatch start(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectNode> listener) {
        return start(api, type, scope, listener, WatchTiming.DEFAULT);
    }

    static ObjectWatch start(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectNode> listener, WatchTiming timing) {
        WatchLoop<ObjectNode> loop = new WatchLoop<>(
                api.connection(),
                type,
                scope,
                new Codec.OfObjects(type),
                listener,
                timing);
        loop.start();
        return new ObjectWatch(loop);
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
