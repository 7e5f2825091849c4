package dev.tenantry.events.kafka;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

import dev.tenantry.events.Topic;

/**
 * Creates the topics that are missing.
 *
 * <p>Every process may do so at its start: what exists is left as it is, settings that an operator changed included.
 * The replication factor is the broker's default.
 */
public final class TopicSetup implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(TopicSetup.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Map<String, Object> clientSettings;
    private final List<Topic> topics;
    private final Thread background;

    private TopicSetup(Map<String, Object> clientSettings, List<Topic> topics) {
        this.clientSettings = new HashMap<>(clientSettings);
        this.clientSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.clientSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.topics = List.copyOf(topics);
        this.background = Thread.ofPlatform().daemon().name("topic-setup").unstarted(this::untilDone);
    }

    /**
     * Create what is missing, now.
     *
     * @param clientSettings Kafka's client settings, {@code bootstrap.servers} first
     * @param topics the topics, as in {@code Topics.all()}
     * @throws KafkaException if the broker does not answer in 10 s or refuses
     * @throws IllegalStateException if a topic exists with another number of partitions, since ownership is the hash over
     * them
     */
    public static void create(Map<String, Object> clientSettings, List<Topic> topics) throws InterruptedException {
        new TopicSetup(clientSettings, topics).once();
    }

    /** Create what is missing as soon as the broker answers, trying on a thread of its own until then or until closed. */
    public static TopicSetup inBackground(Map<String, Object> clientSettings, List<Topic> topics) {
        var setup = new TopicSetup(clientSettings, topics);
        setup.background.start();
        return setup;
    }

    /** Try no longer. */
    @Override
    public void close() {
        background.interrupt();
    }

    private void untilDone() {
        Duration pause = FIRST_PAUSE;
        boolean told = false;
        try {
            while (true) {
                try {
                    once();
                    return;
                } catch (KafkaException e) {
                    if (!told) {
                        told = true;
                        LOGGER.log(Level.WARNING, "The topics cannot be created yet; trying on: " + e.getMessage());
                    }
                } catch (IllegalStateException e) {
                    LOGGER.log(Level.ERROR, e.getMessage());
                    return;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            // Closed: the thread ends.
            LOGGER.log(Level.DEBUG, "Closed before the topics were created");
        }
    }

    private void once() throws InterruptedException {
        try (Admin admin = Admin.create(clientSettings)) {
            List<String> existing = new ArrayList<>();
            var creations = admin.createTopics(topics.stream().map(TopicSetup::description).toList()).values();
            for (Topic topic : topics) {
                if (!created(creations.get(topic.name()))) {
                    existing.add(topic.name());
                }
            }
            var descriptions = get(admin.describeTopics(existing).allTopicNames());
            for (Topic topic : topics) {
                TopicDescription found = descriptions.get(topic.name());
                if (found != null && found.partitions().size() != topic.partitions()) {
                    throw new IllegalStateException(
                            "Topic %s has %d partitions instead of %d: delete it, or give it another broker"
                                    .formatted(topic, found.partitions().size(), topic.partitions()));
                }
            }
        }
    }

    private static NewTopic description(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.settings());
    }

    private static boolean created(KafkaFuture<Void> creation) throws InterruptedException {
        try {
            get(creation);
            return true;
        } catch (TopicExistsException e) {
            return false;
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException refused) {
                throw refused;
            }
            throw new KafkaException("the broker did not answer", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the broker did not answer in " + PATIENCE, e);
        }
    }
}
