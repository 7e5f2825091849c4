package dev.tenantry.events.kafka;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration INTERVAL_WHILE_AWAY = Duration.ofSeconds(2);
    /** What every client needs to reach the broker; the rest is for producers or consumers. */
    private static final List<String> OF_EVERY_CLIENT = List.of("bootstrap.servers", "security.", "ssl.", "sasl.");

    private static final System.Logger LOGGER = System.getLogger(BrokerWatch.class.getName());

    private final Map<String, Object> clientSettings;
    private final List<Topic> topics;
    private final Runnable onReturn;
    private final Clock clock;
    private final Thread thread;
    private volatile @Nullable Instant unreachableSince;
    private boolean absenceTold;

    private BrokerWatch(Map<String, Object> clientSettings, List<Topic> topics, Runnable onReturn, Clock clock) {
        this.clientSettings = clientSettings;
        this.topics = List.copyOf(topics);
        this.onReturn = onReturn;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("broker-watch").unstarted(this::watch);
        this.unreachableSince = clock.instant();
    }

    /**
     * Begin to watch, every 5 s and every 2 s while the broker is away, on a thread of its own; the broker counts as away
     * until it first answers.
     *
     * @param broker the application's settings of Kafka ({@code default-kafka-broker}), of which the address and the
     * security settings are taken
     * @param topics the topics to create if they are missing
     * @param onReturn run on the watching thread each time that the broker answers after it did not, the first included
     * @param clock the time, for {@link #describe}
     */
    public static BrokerWatch start(Map<String, Object> broker, List<Topic> topics, Runnable onReturn, Clock clock) {
        var watch = new BrokerWatch(connection(broker), topics, onReturn, clock);
        watch.thread.start();
        return watch;
    }

    private static Map<String, Object> connection(Map<String, Object> broker) {
        return broker.entrySet()
                .stream()
                .filter(setting -> OF_EVERY_CLIENT.stream().anyMatch(setting.getKey()::startsWith))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Say in a few words, for health's detail, whether the broker answers. */
    public String describe() {
        Instant since = unreachableSince;
        return since == null ? "answers" : "does not answer since " + since;
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
                        Thread.sleep(INTERVAL);
                        TopicSetup.await(admin.describeCluster().clusterId());
                    }
                } catch (KafkaException e) {
                    away(e);
                } catch (IllegalStateException e) {
                    // Wrong topics: an operator must act, so each attempt says so.
                    LOGGER.log(Level.ERROR, e.getMessage());
                }
                Thread.sleep(INTERVAL_WHILE_AWAY);
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.DEBUG, "closed");
        }
    }

    private void returned() {
        unreachableSince = null;
        absenceTold = false;
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
        }
        if (!absenceTold) {
            absenceTold = true;
            LOGGER.log(Level.WARNING, "The broker does not answer; going on without: " + reason(e));
        }
    }

    /** Kafka's client tells of a bad address or setting by the cause only. */
    private static String reason(KafkaException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? e.getMessage()
                : e.getMessage() + ": " + cause.getMessage();
    }
}
