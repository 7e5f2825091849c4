package dev.tenantry.reconciler.http;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tenantry.reconciler.Outcome;

/** How a run ended, in the words of REST and metrics. */
enum OutcomeWord {
    @JsonProperty("ready")
    READY, @JsonProperty("waiting")
    WAITING, @JsonProperty("stalled")
    STALLED, @JsonProperty("failed")
    FAILED;

    static OutcomeWord of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ready ready -> READY;
            case Outcome.Waiting waiting -> WAITING;
            case Outcome.Stalled stalled -> STALLED;
            case Outcome.Failed failed -> FAILED;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
