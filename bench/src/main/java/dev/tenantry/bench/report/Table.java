package dev.tenantry.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.tenantry.bench.meter.Cost;

/** A result as lines for people. */
public final class Table {

    private static final String ROW = "  %-42s %12s";
    private static final String WIDE_ROW = ROW + " %12s";

    private Table() {}

    public static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        for (Phase phase : result.phases()) {
            lines.add("%s: %s".formatted(result.bench(), phase.what()));
            lines.add("  time: " + phase.wall());
            phase.figures().forEach((name, value) -> lines.add("  %s: %s".formatted(name, value)));
            addCost(phase.cost(), lines);
            lines.add("");
        }
        return lines;
    }

    /** Return the last line, which says that all went well. */
    public static String lastLine(Result result) {
        Map<String, Double> seconds = result.main().wall().seconds();
        return "bench: ok %s apps=%d p50=%.3fs p99=%.3fs all=%.3fs".formatted(result.bench(), result.apps(),
                seconds.get("p50"), seconds.get("p99"), seconds.get("all"));
    }

    private static void addCost(Cost cost, List<String> lines) {
        lines.add(WIDE_ROW.formatted("process", "CPU s", "peak MiB"));
        cost.cpuSeconds()
                .forEach((name, seconds) -> lines
                        .add(WIDE_ROW.formatted(name, "%.2f".formatted(seconds), cost.peakMib().get(name))));
        lines.add(ROW.formatted("requests to the API server", cost.requests().total()));
        cost.requests().by().forEach((name, count) -> lines.add(ROW.formatted("  " + name, count)));
        cost.counts().ifPresent(counts -> {
            lines.add(ROW.formatted("builds", counts.builds()));
            lines.add(ROW.formatted("applied objects", counts.appliedObjects()));
        });
    }
}
