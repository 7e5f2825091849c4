package dev.tenantry.bench.report;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.tenantry.cli.terminal.Percentile;

/** How long half of many took, how long 99 in 100, and how long all. */
public record Wall(Duration p50, Duration p99, Duration all) {

    public static Wall of(Collection<Duration> times) {
        return new Wall(Percentile.of(times, 0.5), Percentile.of(times, 0.99), Percentile.of(times, 1));
    }

    /** Return what JSON has of it. */
    public Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("p50", seconds(p50));
        seconds.put("p99", seconds(p99));
        seconds.put("all", seconds(all));
        return Collections.unmodifiableMap(seconds);
    }

    /** Return a duration in seconds, to the millisecond. */
    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public String toString() {
        return "p50 %.3f s, p99 %.3f s, all %.3f s".formatted(seconds(p50), seconds(p99), seconds(all));
    }
}
