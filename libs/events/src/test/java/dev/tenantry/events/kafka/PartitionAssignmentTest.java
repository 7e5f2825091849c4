package dev.tenantry.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionAssignmentTest {

    private static final List<TopicPartition> PARTITIONS = List.of(new TopicPartition("targets", 3),
            new TopicPartition("targets", 5));

    private final List<String> told = new ArrayList<>();
    private final PartitionAssignment assignment = new PartitionAssignment(numbers -> told.add("assigned " + numbers),
            numbers -> told.add("revoked " + numbers), numbers -> told.add("lost " + numbers));
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void eachChangeIsToldByTheNumbersOfItsPartitions() {
        // When
        assignment.onPartitionsAssigned(consumer, PARTITIONS);
        assignment.onPartitionsRevoked(consumer, PARTITIONS);
        assignment.onPartitionsLost(consumer, PARTITIONS);

        // Then
        assertThat(told).containsExactly("assigned [3, 5]", "revoked [3, 5]", "lost [3, 5]");
    }
}
