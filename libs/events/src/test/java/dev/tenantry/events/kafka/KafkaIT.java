package dev.tenantry.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Reading;
import dev.tenantry.events.Topic;
import dev.tenantry.events.Topics;
import dev.tenantry.testkit.kafka.Broker;

/** Topics, records and the broker's comings and goings, with Kafka's own clients. */
class KafkaIT {

    private static final Broker BROKER = Broker.shared();
    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", BROKER.bootstrapServers());

    @BeforeAll
    static void createTopics() throws InterruptedException {
        TopicSetup.create(CLIENT, Topics.all());
    }

    @Test
    void topicsAreMadeAsTheTableSaysAndAnOperatorsChangeStays() throws Exception {
        // Given
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.SOURCES.name());
        try (Admin admin = Admin.create(CLIENT)) {
            var longer = new AlterConfigOp(new ConfigEntry("retention.ms", "1234567890"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(longer))).all().get();
            await().until(() -> retention(admin, resource).equals("1234567890"));

            // When
            TopicSetup.create(CLIENT, Topics.all());

            // Then
            var descriptions = admin.describeTopics(Topics.all().stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get();
            assertThat(Topics.all()).allSatisfy(topic -> assertThat(descriptions.get(topic.name()).partitions())
                    .hasSize(topic.partitions()));
            var builds = new ConfigResource(ConfigResource.Type.TOPIC, Topics.BUILDS.name());
            var settings = admin.describeConfigs(List.of(builds)).all().get();
            assertThat(retention(admin, resource)).isEqualTo("1234567890");
            assertThat(Topics.BUILDS.settings()).allSatisfy((name, value) -> assertThat(
                    settings.get(builds).get(name).value()).isEqualTo(value));
        }
    }

    @Test
    void aTopicWithAnotherNumberOfPartitionsIsRefused() throws InterruptedException {
        // Given
        Topic made = topic("partitions", 3, Topic.Cleanup.DELETE);
        TopicSetup.create(CLIENT, List.of(made));

        // Then
        assertThatThrownBy(() -> TopicSetup.create(CLIENT, List.of(topic("partitions", 4, Topic.Cleanup.DELETE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 3 partitions, and ownership needs 4");
    }

    @Test
    void topicsThatWereMadeBeforehandTakeNoRightToCreate() throws InterruptedException {
        // Given
        Topic made = topic("beforehand", 3, Topic.Cleanup.DELETE);
        TopicSetup.create(CLIENT, List.of(made));
        try (Admin admin = new WithoutRightToCreate()) {

            // When
            TopicSetup.create(admin, List.of(made));

            // Then
            Topic missing = topic("not-beforehand", 3, Topic.Cleanup.DELETE);
            assertThatThrownBy(() -> TopicSetup.create(admin, List.of(made, missing)))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aTopicThatAnotherProcessMakesMeanwhileIsTaken() throws InterruptedException {
        // Given
        Topic topic = topic("meanwhile", 3, Topic.Cleanup.DELETE);
        try (Admin admin = new Overtaken()) {

            // When
            TopicSetup.create(admin, List.of(topic));

            // Then
            var description = TopicSetup.await(admin.describeTopics(List.of(topic.name())).allTopicNames());
            assertThat(description.get(topic.name()).partitions()).hasSize(3);
        }
    }

    @Test
    void anEventIsOnThePartitionThatThePartitionerSays() {
        try (Requests requests = new Requests(BROKER.bootstrapServers())) {
            IntStream.range(0, 300).mapToObj(i -> "placed-" + i).forEach(name -> {
                // When
                int partition = requests.publish(name).partition();

                // Then
                assertThat(partition).isEqualTo(Topics.TARGETS.partitionOf("team/" + name));
            });
        }
    }

    @Test
    void anEventComesBackWithItsTrace() {
        try (Requests requests = new Requests(BROKER.bootstrapServers()); var consumer = consumer()) {
            // Given
            var partition = new TopicPartition(Topics.TARGETS.name(), Topics.TARGETS.partitionOf("team/traced"));
            consumer.assign(List.of(partition));

            // When
            long offset = requests.send(Requests.record("traced", Requests.TRACEPARENT)).offset();

            // Then
            consumer.seek(partition, offset);
            Reading reading = EventRecords.read(poll(consumer, 1).getFirst());
            assertThat(reading).isInstanceOfSatisfying(Reading.Decoded.class, decoded -> {
                assertThat(decoded.event()).isEqualTo(Requests.forTarget("traced"));
                assertThat(decoded.attributes().traceparent()).isEqualTo(Requests.TRACEPARENT);
            });
        }
    }

    @Test
    void aNewOwnerReadsItsPartitionsToTheirEnd() throws InterruptedException {
        // Given
        Topic topic = topic("replayed", 4, Topic.Cleanup.COMPACT);
        TopicSetup.create(CLIENT, List.of(topic));
        try (Requests requests = new Requests(BROKER.bootstrapServers())) {
            for (String name : List.of("a", "b", "a")) {
                requests.send(onPartition(topic, 1, Requests.record(name, null)));
            }
            requests.send(new ProducerRecord<>(topic.name(), 1, "team/b", null));
            requests.send(onPartition(topic, 2, Requests.record("of another owner", null)));

            // When
            List<String> keys = new ArrayList<>();
            Map<String, Reading> newest = new HashMap<>();
            Replay.read(CLIENT, topic, List.of(0, 1), (key, reading) -> {
                keys.add(key);
                newest.put(key, reading);
            });

            // Then
            assertThat(keys).containsExactly("team/a", "team/b", "team/a", "team/b");
            assertThat(newest.get("team/a")).isInstanceOf(Reading.Decoded.class);
            assertThat(newest.get("team/b")).isEqualTo(new Reading.Tombstone("team/b"));
        }
    }

    @Test
    void aConsumerOfWhatIsNewHearsOfTheLastMinuteAndOfPartitionsThatWereEmpty() throws InterruptedException {
        // Given
        Topic topic = topic("recent", 2, Topic.Cleanup.DELETE);
        TopicSetup.create(CLIENT, List.of(topic));
        var partitions = List.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1));
        long now = Clock.systemUTC().millis();
        try (Requests requests = new Requests(BROKER.bootstrapServers()); var consumer = consumer()) {
            requests.send(at(topic, 0, now - Duration.ofMinutes(10).toMillis(), "old"));
            requests.send(at(topic, 0, now - Duration.ofSeconds(10).toMillis(), "recent"));

            // When
            consumer.assign(partitions);
            RecentRecords.seek(consumer, partitions, Duration.ofMinutes(1), Clock.systemUTC());
            consumer.poll(Duration.ZERO);
            partitions.forEach(consumer::position);
            requests.send(at(topic, 1, now, "new"));

            // Then
            assertThat(poll(consumer, 2)).extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrder("team/recent", "team/new");
        }
    }

    @Test
    void whoWatchesTheBrokerIsToldOfItsReturn() {
        try (Broker broker = Broker.start()) {
            // Given
            AtomicInteger returns = new AtomicInteger();
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
            Topic topic = topic("watched", 3, Topic.Cleanup.DELETE);
            try (BrokerWatch watch = BrokerWatch.start(settings, List.of(topic),
                    returns::incrementAndGet, Clock.systemUTC())) {
                await().until(() -> returns.get() == 1);
                assertThat(watch.describe()).isEqualTo("answers");

                // When
                broker.stop();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> watch.describe().startsWith("does not answer since"));
                broker.restart();

                // Then
                await().atMost(Duration.ofSeconds(30)).until(() -> returns.get() == 2);
                assertThat(watch.describe()).isEqualTo("answers");
                try (Requests requests = new Requests(broker.bootstrapServers())) {
                    assertThat(requests.send(at(topic, 2, System.currentTimeMillis(), "after")).offset()).isZero();
                }
            }
        }
    }

    private static String retention(Admin admin, ConfigResource topic) throws InterruptedException {
        return TopicSetup.await(admin.describeConfigs(List.of(topic)).all()).get(topic).get("retention.ms").value();
    }

    private static Topic topic(String name, int partitions, Topic.Cleanup cleanup) {
        return new Topic(name, partitions, cleanup, Duration.ofHours(1), 1024 * 1024);
    }

    private static ProducerRecord<String, byte[]> onPartition(Topic topic, int partition,
            ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(topic.name(), partition, record.key(), record.value(), record.headers());
    }

    private static ProducerRecord<String, byte[]> at(Topic topic, int partition, long millis, String name) {
        var record = Requests.record(name, null);
        return new ProducerRecord<>(topic.name(), partition, millis, record.key(), record.value(), record.headers());
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(CLIENT, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<String, byte[]>> poll(KafkaConsumer<String, byte[]> consumer, int count) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            return found.size() >= count;
        });
        return found;
    }

    /** The client of an account that may do all but create topics, as a broker with an authorizer answers it. */
    private static final class WithoutRightToCreate extends ForwardingAdmin {

        private WithoutRightToCreate() {
            super(CLIENT);
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
            Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> refusals = new HashMap<>();
            for (NewTopic topic : topics) {
                var refusal = new KafkaFutureImpl<CreateTopicsResult.TopicMetadataAndConfig>();
                refusal.completeExceptionally(new TopicAuthorizationException(Set.of(topic.name())));
                refusals.put(topic.name(), refusal);
            }
            return new CreateTopicsResult(refusals) {};
        }
    }

    /** A client that another process is always a moment ahead of. */
    private static final class Overtaken extends ForwardingAdmin {

        private Overtaken() {
            super(CLIENT);
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
            await().until(super.createTopics(topics, options).all()::isDone);
            return super.createTopics(topics, options);
        }
    }
}
