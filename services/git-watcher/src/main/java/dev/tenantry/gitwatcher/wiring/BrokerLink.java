package dev.tenantry.gitwatcher.wiring;

import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.messaging.EventPublisher;
import dev.tenantry.kubernetes.ownership.Ownership;
import io.smallrye.common.annotation.Identifier;

/** Follow who owns the sources: the broker says so, or a Lease while it does not. */
@Singleton
class BrokerLink {

    private final Ownership ownership;
    private final OwnedSources sources;
    private final OwnedHooks hooks;
    private final EventPublisher publisher;
    private final Election election;

    BrokerLink(@Identifier(Parts.SERVICE) Ownership ownership, OwnedSources sources, OwnedHooks hooks,
            EventPublisher publisher, Election election) {
        this.ownership = ownership;
        this.sources = sources;
        this.hooks = hooks;
        this.publisher = publisher;
        this.election = election;
    }

    /** Start, and give what to close, in the order of starting. */
    List<AutoCloseable> start() {
        ownership.listen(sources);
        ownership.listen(hooks);
        publisher.onReturn(sources::resync);
        // The broker may have assigned partitions before anybody listened.
        sources.resync();
        hooks.resync();
        return List.of(election.start(ownership));
    }
}
