package dev.tenantry.gitwatcher.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.BrokerWatch;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.kubernetes.ownership.Ownership;
import io.smallrye.common.annotation.Identifier;

/** Follow the broker: it says which sources this replica owns, and its return means that something may be missed. */
@Singleton
public class BrokerLink {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final List<String> OF_EVERY_CLIENT = List.of("security.", "ssl.", "sasl.");

    private final Map<String, Object> client;
    private final Ownership ownership;
    private final OwnedSources sources;
    private final OwnedHooks hooks;
    private final Clock clock;
    private volatile @Nullable BrokerWatch watch;

    BrokerLink(@Identifier("default-kafka-broker") Map<String, Object> broker,
            @Identifier("git-watcher") Ownership ownership, OwnedSources sources, OwnedHooks hooks,
            @Identifier("git-watcher") Clock clock) {
        this.client = forAdmin(broker);
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
        sources.resync();
        hooks.resync();
        BrokerWatch started = BrokerWatch.start(client, Topics.all(), BETWEEN_QUESTIONS, sources::resync, clock);
        watch = started;
        return started;
    }

    /** Say in a few words, for health's detail, whether the broker answers. */
    public String describe() {
        BrokerWatch now = watch;
        return now == null
                ? "not asked yet"
                : now.unreachableSince().map(since -> "does not answer since " + since).orElse("answers");
    }

    private static Map<String, Object> forAdmin(Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>();
        broker.forEach((name, value) -> {
            boolean wanted = name.equals(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                    || OF_EVERY_CLIENT.stream().anyMatch(name::startsWith);
            if (wanted) {
                settings.put(name, value);
            }
        });
        return settings;
    }
}
