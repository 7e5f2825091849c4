package dev.tenantry.events.kafka;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Topic;

/**
 * Knows whether the broker answers, creates the topics when it first does, and tells when it came back.
 *
 * <p>A consumer hears nothing of an outage that is shorter than its session, nor does it of records that were never
 * published: whoever lives by events must look at everything again when the broker returns.
 */
public final class BrokerWatch implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(BrokerWatch.class.getName());

    private final Map<String, Object> clientSettings;
    private final List<Topic> topics;
    private final Duration interval;
    private final Runnable onReturn;
    private final Clock clock;
    private final Thread thread;
    private volatile @Nullable Instant unreachableSince;

    private BrokerWatch(Map<String, Object> clientSettings, List<Topic> topics, Duration interval, Runnable onReturn,
            Clock clock) {
        this.clientSettings = Map.copyOf(clientSettings);
        this.topics = List.copyOf(topics);
        this.interval = interval;
        this.onReturn = onReturn;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("broker-watch").unstarted(this::watch);
        this.unreachableSince = clock.instant();
    }

    /**
     * Begin to watch, on a thread of its own; the broker counts as away until it first answers.
     *
     * @param clientSettings Kafka's client settings, {@code bootstrap.servers} first
     * @param topics the topics to create if they are missing
     * @param interval how often to ask
     * @param onReturn run on the watching thread each time that the broker answers after it did not, the first included
     * @param clock the time, for {@link #unreachableSince}
     */
    public static BrokerWatch start(Map<String, Object> clientSettings, List<Topic> topics, Duration interval,
            Runnable onReturn, Clock clock) {
        var watch = new BrokerWatch(clientSettings, topics, interval, onReturn, clock);
        watch.thread.start();
        return watch;
    }

    /** Tell since when the broker does not answer, for health's detail; empty if it does. */
    public Optional<Instant> unreachableSince() {
        return Optional.ofNullable(unreachableSince);
    }

    /** Watch no longer. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                try (Admin admin = TopicSetup.admin(clientSettings)) {
                    TopicSetup.create(admin, topics);
                    returned();
                    while (true) {
                        Thread.sleep(interval);
                        TopicSetup.await(admin.describeCluster().clusterId());
                    }
                } catch (KafkaException e) {
                    away(e);
                } catch (IllegalStateException e) {
                    // Wrong topics: an operator must act, so each attempt says so.
                    LOGGER.log(Level.ERROR, e.getMessage());
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.DEBUG, "closed");
        }
    }

    private void returned() {
        unreachableSince = null;
        LOGGER.log(Level.INFO, "The broker answers");
        try {
            onReturn.run();
        } catch (RuntimeException e) {
            // A bug of the listener; the watch must go on.
            LOGGER.log(Level.ERROR, "The work for the broker's return failed", e);
        }
    }

    private void away(KafkaException e) {
        if (unreachableSince == null) {
            unreachableSince = clock.instant();
            LOGGER.log(Level.WARNING, "The broker went away; going on without: " + e.getMessage());
        }
    }
}
