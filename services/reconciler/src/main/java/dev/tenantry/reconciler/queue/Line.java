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
 * Of a team's own work, what may end a wait comes first: a look and a status make a target ready that would else be the
 * last, behind all that was begun after it. Not thread-safe.
 */
final class Line {

    private final LinkedHashMap<String, TeamLine> teams = new LinkedHashMap<>();
    private final Map<NamespacedName, String> teamOf = new HashMap<>();

    void add(WorkItem item) {
        teams.computeIfAbsent(item.team(), team -> new TeamLine()).of(item).put(item.target(), item);
        teamOf.put(item.target(), item.team());
    }

    @Nullable
    WorkItem remove(NamespacedName target) {
        String team = teamOf.remove(target);
        if (team == null) {
            return null;
        }
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
    private record TeamLine(LinkedHashMap<NamespacedName, WorkItem> endsOfWaits,
            LinkedHashMap<NamespacedName, WorkItem> others) {

        TeamLine() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        LinkedHashMap<NamespacedName, WorkItem> of(WorkItem item) {
            return item.isEndOfWait() ? endsOfWaits : others;
        }

        @Nullable
        WorkItem remove(NamespacedName target) {
            WorkItem item = endsOfWaits.remove(target);
            return item == null ? others.remove(target) : item;
        }

        WorkItem poll() {
            return (endsOfWaits.isEmpty() ? others : endsOfWaits).pollFirstEntry().getValue();
        }

        boolean isEmpty() {
            return endsOfWaits.isEmpty() && others.isEmpty();
        }
    }
}
