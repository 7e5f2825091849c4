package dev.tenantry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void everyTopicOfEventsHasADeadLetterTopic() {
        assertThat(Topics.all()).extracting(Topic::name)
                .containsExactly("sources", "targets", "builds", "secrets",
                        "sources.dead-letter", "targets.dead-letter", "builds.dead-letter", "secrets.dead-letter");
    }

    @Test
    void buildsHaveThePartitionsOfTargetsSoThatOneReplicaOwnsBoth() {
        assertThat(Topics.BUILDS.partitions()).isEqualTo(Topics.TARGETS.partitions());
    }

    @Test
    void whatIsOldIsDeletedOrCompacted() {
        assertThat(Topics.SOURCES.settings()).isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "604800000",
                "max.message.bytes", "1048576"));
        assertThat(Topics.BUILDS.settings()).isEqualTo(Map.of("cleanup.policy", "compact", "delete.retention.ms",
                "86400000", "max.message.bytes", "8388608"));
    }

    @Test
    void aDeadLetterTopicTakesTheLargestRecordWithItsReason() {
        assertThat(Topics.deadLetter(Topics.BUILDS).maxMessageBytes()).isGreaterThan(Topics.BUILDS.maxMessageBytes());
    }
}
