package dev.tenantry.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayTest {

    private static final TopicPartition PARTITION = new TopicPartition("builds", 3);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>(
            AutoOffsetResetStrategy.EARLIEST.name());
    private final List<String> keys = new ArrayList<>();

    @BeforeEach
    void aPartition() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.seekToBeginning(List.of(PARTITION));
    }

    @Test
    void itEndsAtTheRecordsThatWereThereWhenItBegan() {
        // Given
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        add(0, "team/one");
        add(1, "team/two");

        // When
        Replay.read(consumer, Duration.ofMinutes(1), (key, reading) -> {
            keys.add(key);
            consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        });

        // Then
        assertThat(keys).containsExactly("team/one", "team/two");
    }

    @Test
    void aBrokerThatDiesInTheMiddleEndsIt() {
        // Given
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        add(0, "team/one");

        // When
        // Then
        assertThatThrownBy(() -> Replay.read(consumer, Duration.ofMillis(50), (key, reading) -> keys.add(key)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("gave nothing for PT0.05S");
        assertThat(keys).containsExactly("team/one");
    }

    private void add(long offset, String key) {
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, key, null));
    }
}
