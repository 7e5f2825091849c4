package dev.tenantry.cli.terminal;

import java.time.Duration;
import java.util.Collection;

/** Percentiles by nearest rank: the smallest value that so large a part of all does not exceed. */
public final class Percentile {

    private Percentile() {}

    /**
     * Return the value that a part of all values does not exceed; zero if there are none.
     *
     * @param part from 0 to 1
     */
    public static Duration of(Collection<Duration> values, double part) {
        int rank = (int) Math.ceil(part * values.size());
        return values.stream().sorted().skip(Math.max(0, rank - 1)).findFirst().orElse(Duration.ZERO);
    }
}
