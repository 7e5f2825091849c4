package dev.tenantry.bench.report;

import java.util.List;

import dev.tenantry.cli.terminal.CommandFailure;

/**
 * What a bench found.
 *
 * @param bench its name
 * @param apps its size
 * @param phases what it measured, in order; the first is what it is about
 */
public record Result(String bench, int apps, List<Phase> phases) {

    public Result {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("A bench measures something");
        }
    }

    public Phase main() {
        return phases.getFirst();
    }

    /**
     * Check that the controllers' word can be trusted.
     *
     * @throws CommandFailure if they tell of other applies than the API server
     */
    public void check() {
        for (Phase phase : phases) {
            if (!phase.cost().agrees()) {
                throw new CommandFailure(
                        "%s: the controllers tell of %d applied objects, the API server of %d applies that succeeded"
                                .formatted(phase.what(), phase.cost().counts().orElseThrow().appliedObjects(),
                                        phase.cost().requests().applied()));
            }
        }
    }
}
