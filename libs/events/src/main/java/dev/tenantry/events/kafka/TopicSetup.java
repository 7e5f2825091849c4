package dev.tenantry.events.kafka;

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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.tenantry.events.Topic;

/**
 * Creates the topics that are missing.
 *
 * <p>Every process may do so at its start: what exists is left as it is, settings that an operator changed included.
 * The replication factor is the broker's default.
 */
public final class TopicSetup {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private TopicSetup() {}

    /**
     * Create what is missing.
     *
     * @param clientSettings Kafka's client settings, {@code bootstrap.servers} first
     * @param topics the topics, as in {@code Topics.all()}
     * @throws KafkaException if the broker does not answer in 10 s or refuses
     * @throws IllegalStateException if a topic exists with another number of partitions, since ownership is the hash over
     * them
     */
    public static void create(Map<String, Object> clientSettings, List<Topic> topics) throws InterruptedException {
        try (Admin admin = admin(clientSettings)) {
            create(admin, topics);
        }
    }

    static Admin admin(Map<String, Object> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return Admin.create(settings);
    }

    static void create(Admin admin, List<Topic> topics) throws InterruptedException {
        List<String> existing = new ArrayList<>();
        var creations = admin.createTopics(topics.stream().map(TopicSetup::description).toList()).values();
        for (Topic topic : topics) {
            if (!created(creations.get(topic.name()))) {
                existing.add(topic.name());
            }
        }
        var descriptions = describe(admin, existing);
        for (Topic topic : topics) {
            TopicDescription found = descriptions.get(topic.name());
            if (found != null && found.partitions().size() != topic.partitions()) {
                throw new IllegalStateException("Topic %s has %d partitions, and ownership needs %d: create it anew"
                        .formatted(topic, found.partitions().size(), topic.partitions()));
            }
        }
    }

    /** A topic that another process made just now may be unknown to the broker that is asked. */
    private static Map<String, TopicDescription> describe(Admin admin, List<String> topics)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return await(admin.describeTopics(topics).allTopicNames());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static NewTopic description(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.settings());
    }

    private static boolean created(KafkaFuture<Void> creation) throws InterruptedException {
        try {
            await(creation);
            return true;
        } catch (TopicExistsException e) {
            return false;
        }
    }

    static <T> T await(KafkaFuture<T> future) throws InterruptedException {
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
