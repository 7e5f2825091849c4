package dev.tenantry.events.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private static final TopicPartition SEVEN = new TopicPartition("targets", 7);
    private static final TopicPartition EIGHT = new TopicPartition("targets", 8);

    private final Acknowledgements acknowledgements = new Acknowledgements();

    @BeforeEach
    void own() {
        acknowledgements.assigned(List.of(SEVEN, EIGHT));
    }

    @Test
    void theFirstRecordThatIsNotDoneHoldsBackAllAfterIt() {
        // Given
        receive(SEVEN, 100, 101, 102, 103);
        acknowledgements.acknowledged(SEVEN, 100);

        // When
        acknowledgements.acknowledged(SEVEN, 102);

        // Then
        assertThat(acknowledgements.news()).isEqualTo(Map.of(SEVEN, new OffsetAndMetadata(101)));
    }

    @Test
    void whatWasCommittedIsNoNews() {
        // Given
        receive(SEVEN, 100);
        acknowledgements.acknowledged(SEVEN, 100);

        // When
        acknowledgements.committed(Map.of(SEVEN, new OffsetAndMetadata(101)));

        // Then
        assertThat(acknowledgements.news()).isEmpty();
    }

    @Test
    void aPartitionOfWhichNothingIsDoneHasNoNews() {
        // When
        receive(SEVEN, 100);

        // Then
        assertThat(acknowledgements.news()).isEmpty();
    }

    @Test
    void whatIsGivenAwayIsToldOnceAndForThosePartitionsOnly() {
        // Given
        receive(SEVEN, 100);
        receive(EIGHT, 200);
        acknowledgements.acknowledged(SEVEN, 100);
        acknowledgements.acknowledged(EIGHT, 200);

        // When
        var last = acknowledgements.revoked(List.of(SEVEN));

        // Then
        assertThat(last).isEqualTo(Map.of(SEVEN, new OffsetAndMetadata(101)));
        assertThat(acknowledgements.news()).isEqualTo(Map.of(EIGHT, new OffsetAndMetadata(201)));
    }

    @Test
    void recordsOfAPartitionThatAnotherConsumerHasAreNotCommitted() {
        // Given
        receive(SEVEN, 100);
        acknowledgements.revoked(List.of(SEVEN));

        // When
        boolean late = acknowledgements.acknowledged(SEVEN, 100);
        receive(SEVEN, 101);
        boolean later = acknowledgements.acknowledged(SEVEN, 101);

        // Then
        assertThat(late).isFalse();
        assertThat(later).isFalse();
        assertThat(acknowledgements.news()).isEmpty();
    }

    @Test
    void aPartitionThatComesBackBeginsAnew() {
        // Given
        receive(SEVEN, 100);
        acknowledgements.revoked(List.of(SEVEN));

        // When
        acknowledgements.assigned(List.of(SEVEN));
        receive(SEVEN, 100);
        acknowledgements.acknowledged(SEVEN, 100);

        // Then
        assertThat(acknowledgements.news()).isEqualTo(Map.of(SEVEN, new OffsetAndMetadata(101)));
    }

    private void receive(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            acknowledgements.received(partition, offset);
        }
    }
}
