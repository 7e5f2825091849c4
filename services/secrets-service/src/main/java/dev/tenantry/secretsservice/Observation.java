package dev.tenantry.secretsservice;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt and what came of it.
 *
 * @param before what the status said when it began
 * @param drift whether it was made since the Secret had been changed or deleted
 * @param took how long it took
 */
public record Observation(KnownSealedSecret sealed, SyncedCondition before, Outcome outcome, boolean drift,
        Instant endedAt,
        Duration took) {

    /** Tell whether the outcome is another one than before. */
    public boolean isNews() {
        return switch (outcome) {
            case Outcome.Synced synced -> synced.change() != Outcome.Change.NONE || !before.isTrue()
                    || before.observedGeneration() != sealed.generation();
            case Outcome.Failed failed -> isNews(failed.reason(), failed.message());
            case Outcome.Waiting waiting -> isNews(waiting.reason(), waiting.message());
        };
    }

    /** Tell whether a SealedSecret that nobody had looked at before was opened at once, which its condition says. */
    public boolean isFirstSuccess() {
        return outcome instanceof Outcome.Synced && before.value().isEmpty() && !drift;
    }

    private boolean isNews(String reason, String message) {
        return !before.says("False", reason, Statuses.shortened(message), sealed.generation());
    }
}
