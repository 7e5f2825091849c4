package dev.tenantry.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionerTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 100})
    void everyKeyIsWhereKafkasProducerPutsIt(int partitions) {
        // Given
        Random random = new Random(partitions);
        var keys = IntStream.range(0, 5_000).mapToObj(i -> key(random, i % 40)).toList();

        // Then
        assertThat(keys).allSatisfy(key -> assertThat(Partitioner.partition(key, partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions)));
    }

    @Test
    void keysOfOneNamespaceAreSpread() {
        // When
        long used = IntStream.range(0, 1_000)
                .map(i -> Topics.TARGETS.partitionOf("team-a/app-" + i))
                .distinct()
                .count();

        // Then
        assertThat(used).isEqualTo(64);
    }

    /** Text of any characters, since the hash is of bytes with and without the highest bit. */
    private static String key(Random random, int length) {
        return random.ints(length, 1, 0xd000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint,
                        StringBuilder::append)
                .toString();
    }
}
