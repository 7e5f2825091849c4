package dev.tenantry.events;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kafka topic as Tenantry creates it.
 *
 * @param name the name
 * @param partitions the number of partitions; it never changes, since ownership is the hash over it
 * @param cleanup what happens to old records
 * @param retention how long a record stays, if old records are deleted; for compaction, how long a tombstone stays
 * @param maxMessageBytes the largest record batch that the topic takes
 */
public record Topic(String name, int partitions, Cleanup cleanup, Duration retention, int maxMessageBytes) {

    /** What happens to old records. */
    public enum Cleanup {
        /** They are deleted after the retention. */
        DELETE,
        /** The newest of each key stays for ever. */
        COMPACT
    }

    public Topic {
        Require.text(name, "name");
        Require.that(partitions > 0, "topic %s has no partitions", name);
        Require.present(cleanup, "cleanup");
        Require.that(retention.isPositive(), "topic %s retains nothing", name);
        Require.that(maxMessageBytes > 0, "topic %s takes no message", name);
    }

    /** Tell the partition of a key, as Kafka's own producers choose it. */
    public int partitionOf(String key) {
        return Partitioner.partition(key, partitions);
    }

    /** List the topic's settings by their names in Kafka; all others are the broker's defaults. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
        switch (cleanup) {
            case DELETE -> {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", Long.toString(retention.toMillis()));
            }
            case COMPACT -> {
                settings.put("cleanup.policy", "compact");
                settings.put("delete.retention.ms", Long.toString(retention.toMillis()));
            }
        }
        return settings;
    }

    @Override
    public String toString() {
        return name;
    }
}
