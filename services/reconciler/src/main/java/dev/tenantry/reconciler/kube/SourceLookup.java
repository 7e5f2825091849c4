package dev.tenantry.reconciler.kube;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.source.KnownSources;

/** Follow a hint that a source has a new revision to what the API server says of it. */
public final class SourceLookup {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourceLookup.class);

    private final ObjectApi api;
    private final KnownSources sources;
    private final Reconciler reconciler;
    private final Executor executor;

    SourceLookup(ObjectApi api, KnownSources sources, Reconciler reconciler, Executor executor) {
        this.api = api;
        this.sources = sources;
        this.reconciler = reconciler;
        this.executor = executor;
    }

    /**
     * Bring the source's targets to what it has now, later.
     *
     * @param revision the one that it is said to have
     * @param replica the base URL of the replica of git-watcher that is said to serve it
     */
    public void revisionObserved(NamespacedName source, String revision, URI replica) {
        sources.servedBy(source, replica);
        executor.execute(() -> look(source, revision));
    }

    private void look(NamespacedName source, String revision) {
        if (!sources.isAt(source, revision)) {
            switch (Answer.of(api.get(SourceReader.TYPE.at(source.namespace(), source.name())))) {
                case Answer.Given<Optional<ObjectNode>> given ->
                    given.value().map(SourceReader::read).ifPresent(sources::seen);
                case Answer.Refused<Optional<ObjectNode>> refused -> LOGGER.warn(
                        "a source cannot be read, its watch will tell name={} cause={}", source,
                        refused.error().message());
            }
        }
        reconciler.sourceChanged(source);
    }
}
