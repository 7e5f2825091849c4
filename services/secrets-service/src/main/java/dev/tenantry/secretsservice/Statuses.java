package dev.tenantry.secretsservice;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns outcomes into the status that the original controller writes, with a reason beside it. */
final class Statuses {

    private static final String UNSEALED = "Unsealed";
    private static final int LONGEST_MESSAGE = 4096;

    private final Clock clock;

    Statuses(Clock clock) {
        this.clock = clock;
    }

    /** Give the new status; empty when it says the same already. */
    Optional<ObjectNode> of(KnownSealedSecret sealed, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Synced synced -> status(sealed, "True", UNSEALED, "");
            case Outcome.Failed failed -> status(sealed, "False", failed.reason(), failed.message());
            case Outcome.Waiting waiting -> status(sealed, "False", waiting.reason(), waiting.message());
        };
    }

    /** Give a message as the status says it. */
    static String shortened(String words) {
        return words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    private Optional<ObjectNode> status(KnownSealedSecret sealed, String value, String reason, String words) {
        String message = shortened(words);
        SyncedCondition before = sealed.synced();
        // The original leaves the reason empty: what it wrote of a success is as good as ours.
        boolean same = before.says(value, reason, message, sealed.generation())
                || before.isTrue() && before.says(value, "", message, sealed.generation()) && reason.equals(UNSEALED);
        if (same) {
            return Optional.empty();
        }
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("observedGeneration", sealed.generation());
        status.putArray("conditions")
                .addObject()
                .put("type", SyncedCondition.TYPE)
                .put("status", value)
                .put("lastUpdateTime", now)
                .put("lastTransitionTime",
                        before.since() != null && before.value().equals(value) ? before.since() : now)
                .put("reason", reason)
                .put("message", message);
        return Optional.of(status);
    }
}
