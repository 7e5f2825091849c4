package dev.tenantry.events.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.vertx.mutiny.core.Vertx;

class ProcessedCommitTest {

    private static final TopicPartition SEVEN = new TopicPartition("targets", 7);
    private static final int INTERVAL_MILLIS = 50;

    private final Vertx vertx = Vertx.vertx();
    private final FailingOnce client = new FailingOnce();
    private final ProcessedCommit<String, byte[]> commit = new ProcessedCommit<>(vertx, polled(client),
            INTERVAL_MILLIS);

    @BeforeEach
    void own() {
        client.assign(List.of(SEVEN));
        commit.partitionsAssigned(List.of(SEVEN));
    }

    @AfterEach
    void close() {
        commit.terminate(false);
        vertx.closeAndAwait();
    }

    @Test
    void aCommitThatFailedIsTriedAgainThoughNothingElseComes() {
        // Given
        client.failures = 1;

        // When
        process(100);

        // Then
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(101));
        assertThat(client.failures).isZero();
    }

    @Test
    void aPartitionIsGivenAwayWithWhatWasDoneOfIt() {
        // Given
        process(100);

        // When
        commit.partitionsRevoked(List.of(SEVEN));

        // Then
        assertThat(committed()).isEqualTo(101);
    }

    @Test
    void nothingIsCommittedAfterTheEnd() throws InterruptedException {
        // Given
        process(100);

        // When
        commit.terminate(false);

        // Then
        Thread.sleep(4 * INTERVAL_MILLIS);
        assertThat(committed()).isZero();
    }

    private void process(long offset) {
        var record = new IncomingKafkaRecord<String, byte[]>(
                new ConsumerRecord<>(SEVEN.topic(), SEVEN.partition(), offset, "team/web", new byte[0]), "test", 0,
                null, null, false, false);
        commit.received(record).await().indefinitely();
        commit.handle(record).await().indefinitely();
    }

    private long committed() {
        OffsetAndMetadata offset = client.committed(Set.of(SEVEN)).get(SEVEN);
        return offset == null ? 0 : offset.offset();
    }

    /** The connector's consumer, as far as a commit needs it; what is to run on the polling thread runs at once. */
    @SuppressWarnings("unchecked")
    private static KafkaConsumer<String, byte[]> polled(Consumer<String, byte[]> client) {
        return (KafkaConsumer<String, byte[]>) Proxy.newProxyInstance(ProcessedCommitTest.class.getClassLoader(),
                new Class<?>[]{KafkaConsumer.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "unwrap" -> client;
                    case "runOnPollingThread" -> {
                        ((java.util.function.Consumer<Consumer<String, byte[]>>) arguments[0]).accept(client);
                        yield Uni.createFrom().voidItem();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A consumer in the middle of a rebalance. */
    private static final class FailingOnce extends MockConsumer<String, byte[]> {

        private volatile int failures;

        FailingOnce() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets,
                OffsetCommitCallback callback) {
            if (failures > 0) {
                failures--;
                callback.onComplete(new HashMap<>(offsets), new RebalanceInProgressException());
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    }
}
