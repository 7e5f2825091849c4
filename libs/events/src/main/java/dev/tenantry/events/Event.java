package dev.tenantry.events;

import java.time.Instant;

/**
 * Something that happened, and where to look.
 *
 * <p>An event commands nothing: its consumer re-reads the truth from git and the API server. A lost event therefore
 * costs latency only, a repeated one costs nothing, and a forged one can deploy nothing. No event carries a secret.
 *
 * <p>Delivery is at least once. Order holds among the events of one {@link #partitionKey()} on one topic, never across
 * keys or topics.
 */
public sealed interface Event permits RevisionObserved, SourceFailed, ReconcileRequested, TargetReconciled,
        DriftCorrected, BuildRecorded, SecretUnsealed, UnsealFailed, SealingKeyUnexported {

    /** Name the CloudEvents type, with the version of the data's schema as its last part. */
    String type();

    /** Name the topic that carries this event. */
    Topic topic();

    /** Name the object that this event is about. */
    Subject subject();

    /** Tell when it happened; the CloudEvents {@code time}. */
    Instant occurredAt();

    /**
     * Name the record key: {@code namespace/name} of the source, target, SealedSecret or key.
     *
     * <p>All events of one source, of one target, or of one SealedSecret, are on one partition, so each consumer sees them in the order in
     * which the owning replica published them. They are not ordered among each other, and two replicas
     * that both believe they own the same object (see the ownership rules) may interleave.
     */
    default String partitionKey() {
        return subject().key();
    }
}
