package dev.tenantry.kubernetes.watch;

import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/**
 * Follow the metadata of the objects of a kind, for kinds with many or large objects.
 *
 * <p>The listener is told of every object at the start and then of every change, in order, at least once. A cut watch
 * goes on from the last version seen; when the server has forgotten that, all is listed again, and the listener is told
 * the difference. Nothing is kept of an object but its name and version, and no thread is held.
 */
public final class MetadataWatch implements AutoCloseable {

    private final WatchLoop<ObjectMetadata> loop;

    private MetadataWatch(WatchLoop<ObjectMetadata> loop) {
        this.loop = loop;
    }

    /** Begin to watch on behalf of an account, until closed. */
    public static MetadataWatch start(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectMetadata> listener) {
        return start(api, type, scope, listener, WatchTiming.DEFAULT);
    }

    static MetadataWatch start(ObjectApi api, ResourceType type, WatchScope scope,
            WatchListener<ObjectMetadata> listener, WatchTiming timing) {
        WatchLoop<ObjectMetadata> loop = new WatchLoop<>(
                api.connection(),
                type,
                scope,
                new Codec.OfMetadata(),
                listener,
                timing);
        loop.start();
        return new MetadataWatch(loop);
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
