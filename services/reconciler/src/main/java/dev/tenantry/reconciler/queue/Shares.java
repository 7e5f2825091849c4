package dev.tenantry.reconciler.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Count each team's runs, and say which team may have one more.
 * <p>
 * A team that is alone may have all that one team can use. As soon as somebody of another one is at work too, and for a
 * while after that, it gets less: what remains is not for a longer queue, but for the other's next push to find the
 * machine and the API server with time to spare. Not thread-safe.
 */
final class Shares {

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Map<String, Integer> running = new HashMap<>();
    /** When somebody was at work last, of the teams where that is a short while ago. */
    private final Map<String, Long> atWork = new HashMap<>();

    Shares(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    boolean mayStart(String team) {
        return running.getOrDefault(team, 0) < (isAlone(team) ? limits.perTeam() : limits.perTeamSharing());
    }

    void started(WorkItem item) {
        running.merge(item.team(), 1, Integer::sum);
        note(item);
    }

    void ended(WorkItem item) {
        running.computeIfPresent(item.team(), (any, count) -> count == 1 ? null : count - 1);
        note(item);
    }

    private void note(WorkItem item) {
        if (item.isOfSomebodyAtWork()) {
            atWork.put(item.team(), nanoTime.getAsLong());
        }
    }

    private boolean isAlone(String team) {
        long since = nanoTime.getAsLong() - limits.sharing().toNanos();
        atWork.values().removeIf(time -> time - since < 0);
        return atWork.keySet().stream().allMatch(team::equals);
    }
}
