package dev.tenantry.reconciler.queue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/** The work of one lane, its teams in a ring: the team whose item was taken goes to the end. Not thread-safe. */
final class Line {

    private final LinkedHashMap<String, LinkedHashMap<NamespacedName, WorkItem>> teams = new LinkedHashMap<>();
    private final Map<NamespacedName, String> teamOf = new HashMap<>();

    void add(WorkItem item) {
        teams.computeIfAbsent(item.team(), team -> new LinkedHashMap<>()).put(item.target(), item);
        teamOf.put(item.target(), item.team());
    }

    @Nullable
    WorkItem remove(NamespacedName target) {
        String team = teamOf.remove(target);
        if (team == null) {
            return null;
        }
        var items = teams.get(team);
        WorkItem item = items.remove(target);
        if (items.isEmpty()) {
            teams.remove(team);
        }
        return item;
    }

    @Nullable
    WorkItem poll(Predicate<String> mayStart) {
        for (String team : teams.keySet()) {
            if (mayStart.test(team)) {
                var items = teams.remove(team);
                WorkItem item = items.pollFirstEntry().getValue();
                teamOf.remove(item.target());
                if (!items.isEmpty()) {
                    teams.put(team, items);
                }
                return item;
            }
        }
        return null;
    }

    int size() {
        return teamOf.size();
    }
}
