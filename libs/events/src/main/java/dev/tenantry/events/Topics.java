package dev.tenantry.events;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.tenantry.events.Topic.Cleanup;

/** All topics, with what is not Kafka's default: this table is the only place that says it. */
public final class Topics {

    private static final int MIB = 1024 * 1024;

    // @formatter:off
    //                                          name       partitions  cleanup          retention              message size

    /** What happened to sources; the group {@code git-watcher} owns sources by its assignment of it. */
    public static final Topic SOURCES = new Topic("sources",       64, Cleanup.DELETE,  Duration.ofDays(7),    MIB);

    /** What happened to targets; the group {@code reconciler} owns targets by its assignment of it. */
    public static final Topic TARGETS = new Topic("targets",       64, Cleanup.DELETE,  Duration.ofDays(7),    MIB);

    /** The recorded inputs of each target's last build; with the partitions of {@code targets}, so that their owner reads them. */
    public static final Topic BUILDS  = new Topic("builds",        64, Cleanup.COMPACT, Duration.ofDays(1),    8 * MIB);

    /** What happened to SealedSecrets and their keys; the group {@code secrets-service} owns SealedSecrets by its assignment of it. */
    public static final Topic SECRETS = new Topic("secrets",       64, Cleanup.DELETE,  Duration.ofDays(7),    MIB);
    // @formatter:on

    private static final List<Topic> CARRYING_EVENTS = List.of(SOURCES, TARGETS, BUILDS, SECRETS);

    private Topics() {}

    /** List every topic, the dead-letter topics last. */
    public static List<Topic> all() {
        var deadLetters = CARRYING_EVENTS.stream().map(Topics::deadLetter);
        return Stream.concat(CARRYING_EVENTS.stream(), deadLetters).toList();
    }

    /** Describe the topic for records of {@code topic} that could not be read: one partition, kept for 30 days. */
    public static Topic deadLetter(Topic topic) {
        // A dead letter has the reason in its headers beside the record: a little more than the record itself.
        return new Topic(topic.name() + ".dead-letter", 1, Cleanup.DELETE, Duration.ofDays(30),
                topic.maxMessageBytes() + MIB);
    }
}
