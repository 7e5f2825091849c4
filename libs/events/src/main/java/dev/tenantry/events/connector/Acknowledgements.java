package dev.tenantry.events.connector;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the consumer of some partitions is: up to its first record that is not acknowledged yet.
 * <p>
 * Records of a partition that the consumer has no more are nobody's business here: its new owner commits. Thread-safe.
 */
final class Acknowledgements {

    private final Map<TopicPartition, Position> positions = new HashMap<>();

    synchronized void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> positions.put(partition, new Position()));
    }

    /** Give partitions away, and tell what is to be committed of them before. */
    synchronized Map<TopicPartition, OffsetAndMetadata> revoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> last = news();
        last.keySet().retainAll(partitions);
        partitions.forEach(positions::remove);
        return last;
    }

    synchronized void received(TopicPartition partition, long offset) {
        Position position = positions.get(partition);
        if (position != null) {
            position.open.add(offset);
        }
    }

    /** Take a record as done; tell whether that is news. */
    synchronized boolean acknowledged(TopicPartition partition, long offset) {
        Position position = positions.get(partition);
        if (position == null || !position.open.remove(offset)) {
            return false;
        }
        position.after = Math.max(position.after, offset + 1);
        return true;
    }

    /** Give the offsets that are to be committed and are not yet. */
    synchronized Map<TopicPartition, OffsetAndMetadata> news() {
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (position.next() > position.committed) {
                news.put(partition, new OffsetAndMetadata(position.next()));
            }
        });
        return news;
    }

    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Position position = positions.get(partition);
            if (position != null) {
                position.committed = Math.max(position.committed, offset.offset());
            }
        });
    }

    private static final class Position {

        private final TreeSet<Long> open = new TreeSet<>();
        /** The offset after the last record that was acknowledged; 0 before the first. */
        private long after;
        private long committed;

        long next() {
            return open.isEmpty() ? after : Math.min(after, open.first());
        }
    }
}
