package dev.tenantry.gitwatcher.messaging;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.Cause;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.RevisionObserved;
import dev.tenantry.events.SourceFailed;
import dev.tenantry.events.Subject;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.Outcome;
import dev.tenantry.gitwatcher.SourceRequests;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.source.GitRepository;

/** Say to the others what is news about a source. */
@Singleton
public class SourceEvents implements Observer, SourceRequests {

    private final EventPublisher publisher;
    private final Replica replica;
    private final Duration firstRetry;

    SourceEvents(EventPublisher publisher, Replica replica, GitWatcherConfig config) {
        this.publisher = publisher;
        this.replica = replica;
        this.firstRetry = config.retry().first();
    }

    @Override
    public void observed(Observation observation) {
        switch (observation.outcome()) {
            case Outcome.Ready ready when ready.fresh() -> publisher.publish(revision(observation, ready));
            case Outcome.Ready ready -> {}
            case Outcome.Stalled(String reason, String message) when observation.isNews() -> failed(
                    observation, reason, message, null);
            case Outcome.Failed(String reason, String message) when observation.isNews() -> failed(
                    observation, reason, message, firstRetry);
            case Outcome.Stalled same -> {}
            case Outcome.Failed same -> {}
        }
    }

    @Override
    public void publish(Source source, Trigger trigger, String delivery) {
        publisher.publish(new ReconcileRequested(subject(source), cause(trigger), trigger.at(), delivery));
    }

    private RevisionObserved revision(Observation observation, Outcome.Ready ready) {
        Artifact before = observation.source().status().artifact();
        return new RevisionObserved(
                subject(observation.source()),
                ready.artifact().revision(),
                ready.treeId(),
                before == null ? null : before.revision(),
                replica.serves(),
                observation.endedAt(),
                cause(observation.work().trigger()));
    }

    private void failed(Observation observation, String reason, String message,
            @Nullable Duration retryAfter) {
        publisher.publish(
                new SourceFailed(subject(observation.source()), reason, message, retryAfter, observation.endedAt()));
    }

    private static Subject subject(Source source) {
        return new Subject(GitRepository.GROUP, GitRepository.KIND, source.name().namespace(), source.name().name(),
                source.version().uid());
    }

    private static Cause cause(Trigger trigger) {
        return switch (trigger.cause()) {
            case WEBHOOK -> Cause.WEBHOOK;
            case INTERVAL, RETRY -> Cause.POLL;
            case SPEC, ANNOTATION, REQUEST -> Cause.REQUEST;
            case RESYNC -> Cause.RESYNC;
        };
    }
}
