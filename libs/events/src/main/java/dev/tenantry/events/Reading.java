package dev.tenantry.events;

/** What came of reading a record; reading never throws. */
public sealed interface Reading {

    /** A known event. */
    record Decoded(Attributes attributes, Event event) implements Reading {}

    /** A newer or foreign type: the consumer skips and counts it. */
    record UnknownType(String type) implements Reading {}

    /** A key without a value, which removes the key's records from a compacted topic. */
    record Tombstone(String key) implements Reading {}

    /** No event at all: the consumer counts it and lets it go to the dead-letter topic with the reason. */
    record Unreadable(String reason) implements Reading {}
}
