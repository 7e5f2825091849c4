package dev.tenantry.events.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer that wants what is new begins. */
public final class RecentRecords {

    private RecentRecords() {}

    /**
     * Move the consumer back to the records of the last while; partitions without any are left to
     * {@code auto.offset.reset}.
     *
     * <p>For a replica's own group, on assignment: {@code latest} alone would skip what was published between the
     * replica's first look at the objects and the consumer's first poll. Kafka's own {@code by_duration} reset does not
     * do: it leaves partitions that are empty at that moment without a position, and their later records unread (seen
     * with clients 4.1.2).
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public static void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Duration age, Clock clock) {
        long since = clock.instant().minus(age).toEpochMilli();
        Map<TopicPartition, Long> times = partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> since));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                consumer.seek(partition, found.offset());
            }
        });
    }
}
