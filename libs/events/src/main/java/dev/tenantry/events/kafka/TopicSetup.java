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
 * Where nothing is missing it takes no right to create. The replication factor is the broker's default.
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
        // Looking comes first: Kafka refuses whoever may not create even where there is nothing to create.
        Map<String, TopicDescription> found = find(admin, topics);
        List<Topic> missing = topics.stream().filter(topic -> !found.containsKey(topic.name())).toList();
        found.putAll(describe(admin, createUnlessExisting(admin, missing)));
        for (Topic topic : topics) {
            TopicDescription description = found.get(topic.name());
            if (description != null && description.partitions().size() != topic.partitions()) {
                throw new IllegalStateException("Topic %s has %d partitions, and ownership needs %d: create it anew"
                        .formatted(topic, description.partitions().size(), topic.partitions()));
            }
        }
    }

    /** Describe the topics that the broker which is asked knows. */
    private static Map<String, TopicDescription> find(Admin admin, List<Topic> topics) throws InterruptedException {
        Map<String, TopicDescription> found = new HashMap<>();
        var descriptions = admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        for (Topic topic : topics) {
            unlessUnknown(descriptions.get(topic.name()))
                    .ifPresent(description -> found.put(topic.name(), description));
        }
        return found;
    }

    private static Optional<TopicDescription> unlessUnknown(KafkaFuture<TopicDescription> description)
            throws InterruptedException {
        try {
            return Optional.of(await(description));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** Create topics; gives the names of those that another process made meanwhile. */
    private static List<String> createUnlessExisting(Admin admin, List<Topic> topics) throws InterruptedException {
        List<String> existing = new ArrayList<>();
        var creations = admin.createTopics(topics.stream().map(TopicSetup::description).toList()).values();
        for (Topic topic : topics) {
            if (!created(creations.get(topic.name()))) {
                existing.add(topic.name());
            }
        }
        return existing;
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
