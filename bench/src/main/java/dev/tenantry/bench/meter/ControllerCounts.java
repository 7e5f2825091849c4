package dev.tenantry.bench.meter;

import java.util.Set;

/**
 * What the controllers tell of their own work.
 *
 * @param builds renderings
 * @param appliedObjects objects that were applied, also where that changed nothing
 */
public record ControllerCounts(long builds, long appliedObjects) {

    static final ControllerCounts NONE = new ControllerCounts(0, 0);

    private static final String BUILDS = "reconciler_builds_total";
    private static final String OBJECTS = "reconciler_objects_total";
    private static final Set<String> APPLIED = Set.of("created", "configured", "confirmed");

    /** Read them from a reconciler's metrics, where a counter shows only once it has counted something. */
    static ControllerCounts read(String metrics) {
        double builds = Sample.read(metrics, BUILDS).mapToDouble(Sample::value).sum();
        double applied = Sample.read(metrics, OBJECTS)
                .filter(sample -> APPLIED.contains(sample.label("action")))
                .mapToDouble(Sample::value)
                .sum();
        return new ControllerCounts((long) builds, (long) applied);
    }

    ControllerCounts plus(ControllerCounts other) {
        return new ControllerCounts(builds + other.builds, appliedObjects + other.appliedObjects);
    }

    ControllerCounts since(ControllerCounts before) {
        return new ControllerCounts(builds - before.builds, appliedObjects - before.appliedObjects);
    }
}
