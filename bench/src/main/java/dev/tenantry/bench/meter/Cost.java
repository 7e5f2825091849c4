package dev.tenantry.bench.meter;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What something cost.
 *
 * @param cpuSeconds processor time by process
 * @param peakMib most resident memory by process
 * @param requests that the API server answered, everybody's
 * @param counts what the controllers tell of their work; nothing if they don't
 */
public record Cost(SortedMap<String, Double> cpuSeconds, SortedMap<String, Long> peakMib, ApiRequests requests,
        Optional<ControllerCounts> counts) {

    /** Tell whether the controllers say that they applied as many objects as the API server says that it was asked to. */
    public boolean agrees() {
        return counts.isEmpty() || counts.get().appliedObjects() == requests.applied();
    }
}
