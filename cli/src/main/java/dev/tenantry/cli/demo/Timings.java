package dev.tenantry.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tenantry.cli.terminal.Percentile;

/** The times of several pushes, the shares of the stages in them, and the times of the Secrets that came of them. */
final class Timings {

    private final List<Duration> totals = new ArrayList<>();
    private final List<Duration> openings = new ArrayList<>();
    private final Map<String, List<Duration>> stages = new LinkedHashMap<>();

    /** Add a push: from its return to the object in the API server, and what of it went where. */
    void add(Duration total, Map<String, Duration> shares) {
        totals.add(total);
        shares.forEach((stage, share) -> stages.computeIfAbsent(stage, any -> new ArrayList<>()).add(share));
    }

    /** Add how long it took from a SealedSecret in the API server to its Secret there. */
    void addOpening(Duration time) {
        openings.add(time);
    }

    int count() {
        return totals.size();
    }

    long medianMillis() {
        return percentile(totals, 0.5);
    }

    long p99Millis() {
        return percentile(totals, 0.99);
    }

    /** Print one line for each stage with its median and its share of all. */
    List<String> lines() {
        long all = totals.stream().mapToLong(Duration::toNanos).sum();
        var lines = new ArrayList<String>();
        stages.forEach((stage, shares) -> {
            long sum = shares.stream().mapToLong(Duration::toNanos).sum();
            lines.add("  %-36s median %5d ms   %3d %%".formatted(stage, percentile(shares, 0.5),
                    Math.round(100.0 * sum / all)));
        });
        return lines;
    }

    /** Say how long Secrets took. */
    String openings() {
        return "%d Secrets, from the SealedSecret to the Secret in the API server: median %d ms, p99 %d ms".formatted(
                openings.size(), percentile(openings, 0.5), percentile(openings, 0.99));
    }

    private static long percentile(List<Duration> values, double part) {
        return Percentile.of(values, part).toMillis();
    }
}
