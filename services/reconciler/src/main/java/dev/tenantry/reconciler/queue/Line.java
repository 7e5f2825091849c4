package dev.tenantry.reconciler.queue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * The work of one lane, its teams in a ring: the team whose item was taken goes to the end.
 * <p>
 * Of a team's own work, what may end a wait for health comes first, as long as it does not keep coming: a look and a
 * status make a target ready that would else be the last, behind all that was begun after it. Not thread-safe.
 */
final class Line {

    private final LinkedHashMap<String, TeamLine> teams = new LinkedHashMap<>();
    private final Map<NamespacedName, String> teamOf = new HashMap<>();

    /** Put an item at the end, or in the place of an earlier one for the same target. */
    void add(WorkItem item) {
        String before = teamOf.put(item.target(), item.team());
        if (before != null && !before.equals(item.team())) {
            remove(item.target(), before);
        }
        teams.computeIfAbsent(item.team(), team -> new TeamLine()).add(item);
    }

    @Nullable
    WorkItem find(NamespacedName target) {
        String team = teamOf.get(target);
        return team == null ? null : teams.get(team).find(target);
    }

    @Nullable
    WorkItem remove(NamespacedName target) {
        String team = teamOf.remove(target);
        return team == null ? null : remove(target, team);
    }

    private @Nullable WorkItem remove(NamespacedName target, String team) {
        var line = teams.get(team);
        WorkItem item = line.remove(target);
        if (line.isEmpty()) {
            teams.remove(team);
        }
        return item;
    }

    @Nullable
    WorkItem poll(Predicate<String> mayStart) {
        for (String team : teams.keySet()) {
            if (mayStart.test(team)) {
                var line = teams.remove(team);
                WorkItem item = line.poll();
                teamOf.remove(item.target());
                if (!line.isEmpty()) {
                    teams.put(team, line);
                }
                return item;
            }
        }
        return null;
    }

    int size() {
        return teamOf.size();
    }

    /** The work of one team. */
    private static final class TeamLine {

        private static final int ENDS_IN_A_ROW = 4;

        private final LinkedHashMap<NamespacedName, WorkItem> endsOfWaits = new LinkedHashMap<>();
        private final LinkedHashMap<NamespacedName, WorkItem> others = new LinkedHashMap<>();
        private int endsSinceOther;

        void add(WorkItem item) {
            (item.isEndOfWait() ? others : endsOfWaits).remove(item.target());
            (item.isEndOfWait() ? endsOfWaits : others).put(item.target(), item);
        }

        @Nullable
        WorkItem find(NamespacedName target) {
            WorkItem item = endsOfWaits.get(target);
            return item == null ? others.get(target) : item;
        }

        @Nullable
        WorkItem remove(NamespacedName target) {
            WorkItem item = endsOfWaits.remove(target);
            return item == null ? others.remove(target) : item;
        }

        WorkItem poll() {
            boolean end = others.isEmpty() || !endsOfWaits.isEmpty() && endsSinceOther < ENDS_IN_A_ROW;
            endsSinceOther = end ? endsSinceOther + 1 : 0;
            return (end ? endsOfWaits : others).pollFirstEntry().getValue();
        }

        boolean isEmpty() {
            return endsOfWaits.isEmpty() && others.isEmpty();
        }
    }
}
