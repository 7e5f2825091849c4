package dev.tenantry.events.kafka;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.TopicPartition;

import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** Tells an ownership which partitions of its one topic the broker assigned to this replica, and took from it. */
public final class PartitionAssignment implements KafkaConsumerRebalanceListener {

    private final Consumer<Collection<Integer>> assigned;
    private final Consumer<Collection<Integer>> revoked;
    private final Consumer<Collection<Integer>> lost;

    /**
     * Tell by numbers of partitions, on the consumer's thread.
     *
     * @param assigned those that are added
     * @param revoked those that go to another replica in a rebalance, before it has them
     * @param lost those that another may already have, since this one was silent for too long
     */
    public PartitionAssignment(Consumer<Collection<Integer>> assigned, Consumer<Collection<Integer>> revoked,
            Consumer<Collection<Integer>> lost) {
        this.assigned = assigned;
        this.revoked = revoked;
        this.lost = lost;
    }

    @Override
    public void onPartitionsAssigned(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            Collection<TopicPartition> partitions) {
        assigned.accept(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            Collection<TopicPartition> partitions) {
        revoked.accept(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            Collection<TopicPartition> partitions) {
        lost.accept(numbers(partitions));
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
