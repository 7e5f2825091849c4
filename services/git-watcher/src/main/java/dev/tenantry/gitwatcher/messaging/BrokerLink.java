package dev.tenantry.gitwatcher.messaging;

import java.time.Clock;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.BrokerWatch;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.kubernetes.ownership.Ownership;
import io.smallrye.common.annotation.Identifier;

/** Follow the broker: it says which sources this replica owns, and its return means that something may have been missed. */
@Singleton
public class BrokerLink {

    private final Map<String, Object> broker;
    private final Ownership ownership;
    private final OwnedSources sources;
    private final OwnedHooks hooks;
    private final Clock clock;
    private volatile @Nullable BrokerWatch watch;

    BrokerLink(@Identifier("default-kafka-broker") Map<String, Object> broker,
            @Identifier("git-watcher") Ownership ownership, OwnedSources sources, OwnedHooks hooks,
            @Identifier("git-watcher") Clock clock) {
        this.broker = broker;
        this.ownership = ownership;
        this.sources = sources;
        this.hooks = hooks;
        this.clock = clock;
    }

    /** Start, and give what to close. */
    public AutoCloseable start() {
        ownership.listen(sources);
        ownership.listen(hooks);
        // The broker may have assigned partitions before anybody listened.
        resync();
        BrokerWatch started = BrokerWatch.start(broker, Topics.all(), this::resync, clock);
        watch = started;
        return started;
    }

    /** Say in a few words, for health's detail, whether the broker answers. */
    public String describe() {
        BrokerWatch now = watch;
        return now == null ? "not asked yet" : now.describe();
    }

    private void resync() {
        sources.resync();
        hooks.resync();
    }
}
