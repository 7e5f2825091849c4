package dev.tenantry.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.tenantry.events.Topics;
import dev.tenantry.testkit.kafka.Broker;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;

/** What the settings that all services share make of the connector: nothing is lost, and nothing blocks. */
@QuarkusTest
@TestMethodOrder(OrderAnnotation.class)
@QuarkusTestResource(StoppableBroker.class)
class ConnectorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PARTITIONS = Topics.TARGETS.partitions();

    @Inject
    @Identifier("test-targets")
    Targets targets;

    @Inject
    @Channel("test-targets-out")
    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 16)
    Emitter<ProducerRecord<String, byte[]>> emitter;

    @Inject
    Tracer tracer;

    private final Broker broker = StoppableBroker.broker();
    private Requests requests;

    @BeforeEach
    void waitUntilAllIsOwned() {
        requests = new Requests(broker.bootstrapServers());
        await().atMost(PATIENCE).until(() -> targets.owned.size() == PARTITIONS);
    }

    @AfterEach
    void close() {
        requests.close();
    }

    @Test
    void aPoisonRecordIsADeadLetterAndAnUnknownTypeIsSkippedAndThePartitionGoesOn() {
        // Given
        List<String> names = Requests.namesOf(7, "beside-poison-", 2);
        byte[] poison = "\u0000 no event".getBytes(UTF_8);

        // When
        requests.publish(names.get(0));
        requests.send(new ProducerRecord<>("targets", 7, "team/poison", poison));
        ProducerRecord<String, byte[]> unknown = Requests.record(names.get(0), null);
        unknown.headers().remove("ce_type").add("ce_type", "dev.tenantry.from-the-future.v9".getBytes(UTF_8));
        requests.send(unknown);
        long last = requests.publish(names.get(1)).offset();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(targets.handled).containsSubsequence(names.get(0), names.get(1)));
        ConsumerRecord<String, byte[]> letter = deadLetter();
        assertThat(letter.key()).isEqualTo("team/poison");
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, "dead-letter-reason")).contains("not a CloudEvent 1.0");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo("targets");
        assertThat(header(letter, "dead-letter-partition")).isEqualTo("7");
        assertThat(counted("unreadable")).isEqualTo(1);
        assertThat(counted("unknown-type")).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(committed(7)).isEqualTo(last + 1));
    }

    @Test
    void aRecordIsAcknowledgedOnlyWhenItsWorkIsQueued() throws InterruptedException {
        // Given
        List<String> names = Requests.namesOf(11, Targets.HELD, 1);
        long done = requests.publish(Requests.namesOf(11, "before-", 1).getFirst()).offset();
        await().atMost(PATIENCE).until(() -> committed(11) == done + 1);

        // When
        long offset = requests.publish(names.getFirst()).offset();
        targets.reached.await();
        // The interval of commits is 0.2 s, and a poll takes one.
        Thread.sleep(3000);
        long before = committed(11);
        targets.release.complete(null);

        // Then
        assertThat(before).isEqualTo(offset);
        await().atMost(PATIENCE).until(() -> committed(11) == offset + 1);
    }

    /** The first, since no offset has been committed yet: a consumer that takes over then begins where it is told to. */
    @Test
    @Order(1)
    void whatAConsumerThatWasKilledHadNotDoneIsDoneByWhoTakesOver() {
        // Given
        var other = join();
        Set<Integer> killed = numbers(other.assignment());
        List<String> before = publishToEachPartition("before-the-kill-");
        List<String> heard = pollUntil(other, killed.size());

        // When
        other.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        List<String> after = publishToEachPartition("after-the-kill-");

        // Then
        assertThat(heard).hasSize(killed.size());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(targets.handled).containsAll(before).containsAll(after));
        assertThat(targets.owned).hasSize(PARTITIONS);
    }

    @Test
    void aConsumerThatComesAndGoesLosesNothing() {
        // Given
        List<String> published = new ArrayList<>(publishToEachPartition("before-joining-"));
        var other = join();

        // When
        published.addAll(publishToEachPartition("with-two-"));
        Set<String> heard = new HashSet<>(pollUntil(other, other.assignment().size()));
        other.commitSync();
        other.close();
        published.addAll(publishToEachPartition("after-leaving-"));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            heard.addAll(targets.handled);
            assertThat(heard).containsAll(published);
        });
        assertThat(targets.handled).doesNotHaveDuplicates();
        assertThat(targets.owned).hasSize(PARTITIONS);
    }

    @Test
    void anOutageOfTheBrokerLosesOnlyWhatFindsNoRoomAndKeepsTheOrder() throws InterruptedException {
        // Given
        targets.withdrawn.clear();
        List<String> taken = new ArrayList<>();

        // When
        broker.stop();
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            String name = "outage-" + i;
            try {
                emit(name);
                taken.add(name);
            } catch (IllegalStateException full) {
                refused++;
            }
        }
        // Longer than a session.
        Thread.sleep(8000);
        List<?> withdrawn = List.copyOf(targets.withdrawn);
        broker.restart();

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(targets.handled).containsAll(taken));
        assertThat(taken).hasSizeGreaterThan(1000);
        assertThat(byPartition(targets.handled.stream().filter(taken::contains).toList()))
                .isEqualTo(byPartition(taken));
        assertThat(refused).isPositive();
        assertThat(withdrawn).isEmpty();
        // A broker that is back counts the session's 6 s from its start, and a consumer on a busy machine may find it as
        // late as that: then it gets its partitions anew.
        await().atMost(PATIENCE).until(() -> targets.owned.size() == PARTITIONS);
        emit("after-the-outage");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(targets.handled).contains("after-the-outage"));
    }

    @Test
    void theTraceGoesOnInTheConsumer() {
        // Given
        Span span = tracer.spanBuilder("publish").startSpan();

        // When
        try (Scope scope = span.makeCurrent()) {
            emit("traced");
        }
        span.end();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(targets.traces)
                        .containsEntry("traced", span.getSpanContext().getTraceId()));
    }

    /** Publish as a service does; throws IllegalStateException if the broker is away and the buffer full. */
    private void emit(String name) {
        emitter.send(Requests.record(name, null));
    }

    /** A second replica, with half of the partitions. */
    private KafkaConsumer<String, byte[]> join() {
        var consumer = new KafkaConsumer<>(Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "test",
                "partition.assignment.strategy", CooperativeStickyAssignor.class.getName(),
                "session.timeout.ms", 6000,
                "heartbeat.interval.ms", 2000,
                "enable.auto.commit", false,
                "auto.offset.reset", "earliest"), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of("targets"));
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return consumer.assignment().size() == PARTITIONS / 2 && targets.owned.size() == PARTITIONS / 2;
        });
        return consumer;
    }

    private static Map<Integer, List<String>> byPartition(List<String> names) {
        return names.stream().collect(Collectors.groupingBy(name -> Topics.TARGETS.partitionOf("team/" + name)));
    }

    private List<String> publishToEachPartition(String prefix) {
        List<String> names = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> Requests.namesOf(partition, prefix, 1).getFirst())
                .toList();
        names.forEach(requests::publish);
        return names;
    }

    private List<String> pollUntil(KafkaConsumer<String, byte[]> consumer, int count) {
        List<String> names = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> names.add(record.key().substring("team/".length())));
            return names.size() >= count;
        });
        return names;
    }

    private ConsumerRecord<String, byte[]> deadLetter() {
        var partition = new TopicPartition("targets.dead-letter", 0);
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return !found.isEmpty();
            });
        }
        return found.getFirst();
    }

    private long committed(int partition) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("test")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition("targets", partition));
            return offset == null ? 0 : offset.offset();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private double counted(String result) {
        return targets.meters.counter("tenantry.events.consumed", "consumer", "test", "topic", "targets", "result",
                result).count();
    }

    private static Set<Integer> numbers(Set<TopicPartition> partitions) {
        Set<Integer> numbers = new HashSet<>();
        partitions.forEach(partition -> numbers.add(partition.partition()));
        return numbers;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "absent" : new String(header.value(), UTF_8);
    }
}
