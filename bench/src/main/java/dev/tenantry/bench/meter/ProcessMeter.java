package dev.tenantry.bench.meter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.tenantry.cli.terminal.CommandFailure;

/** Processor time and memory of some processes and all that they have started. */
final class ProcessMeter {

    private static final int KIB_IN_MIB = 1024;

    private final ProcessFiles files;
    private final Set<Long> roots;

    ProcessMeter(ProcessFiles files, Set<Long> roots) {
        this.files = files;
        this.roots = Set.copyOf(roots);
    }

    /** A process of the tree: what counts it, and how much it has used. */
    private record Member(String name, ProcessStat stat) {}

    /** The processes at one time, by id. */
    record Reading(Map<Long, Member> members) {

        /** Return the processor time of all in seconds; falls only if a process ends that nobody waited for. */
        double seconds() {
            return members.values().stream().mapToLong(member -> member.stat.ticks()).sum()
                    / ProcessStat.TICKS_PER_SECOND;
        }
    }

    /** What was used between two readings, by name; processes of one name are added up. */
    record Use(SortedMap<String, Double> cpuSeconds, SortedMap<String, Long> peakMib) {}

    /** Read, and let peaks of memory begin anew. */
    Reading begin() {
        Reading reading = read();
        reading.members.keySet().forEach(files::resetPeak);
        return reading;
    }

    /**
     * Read.
     *
     * @throws CommandFailure if one of the roots has ended
     */
    Reading read() {
        Map<Long, ProcessStat> all = new HashMap<>();
        files.pids().forEach(pid -> files.stat(pid).ifPresent(stat -> all.put(pid, stat)));
        Map<Long, Member> members = new HashMap<>();
        Map<String, Integer> names = new HashMap<>();
        roots.forEach(root -> names.merge(name(root), 1, Integer::sum));
        for (long root : roots) {
            ProcessStat stat = all.get(root);
            if (stat == null) {
                throw new CommandFailure("process %d has ended while it was measured".formatted(root));
            }
            // Replicas of one program are told apart.
            String name = names.get(name(root)) > 1 ? name(root) + "@" + root : name(root);
            members.put(root, new Member(name, stat));
        }
        descendants(all).forEach(pid -> members.put(pid, new Member(name(pid), all.get(pid))));
        return new Reading(members);
    }

    Use between(Reading before, Reading after) {
        Map<String, Long> ticks = new TreeMap<>();
        SortedMap<String, Long> peaks = new TreeMap<>();
        after.members.forEach((pid, member) -> {
            ticks.merge(member.name, member.stat.ticks(), Long::sum);
            peaks.merge(member.name, files.peak(pid).orElse(0), Long::sum);
        });
        // What a process had used before it ended has since been added to its parent's time.
        before.members.forEach((pid, member) -> {
            Member counted = lives(pid, member, after) ? member : parent(member, before);
            ticks.merge(counted.name, -member.stat.ticks(), Long::sum);
        });
        SortedMap<String, Double> seconds = new TreeMap<>();
        ticks.forEach((name, count) -> seconds.put(name, Math.max(0, count) / ProcessStat.TICKS_PER_SECOND));
        peaks.replaceAll((name, kib) -> Math.ceilDiv(kib, KIB_IN_MIB));
        return new Use(Collections.unmodifiableSortedMap(seconds), Collections.unmodifiableSortedMap(peaks));
    }

    private static boolean lives(long pid, Member member, Reading after) {
        return Optional.ofNullable(after.members.get(pid))
                .filter(now -> now.stat.started() == member.stat.started())
                .isPresent();
    }

    private static Member parent(Member member, Reading before) {
        return before.members.getOrDefault(member.stat.parent(), member);
    }

    private Set<Long> descendants(Map<Long, ProcessStat> all) {
        Map<Long, List<Long>> children = new HashMap<>();
        all.forEach((pid, stat) -> children.computeIfAbsent(stat.parent(), any -> new ArrayList<>()).add(pid));
        Set<Long> found = new HashSet<>();
        List<Long> pending = new ArrayList<>(roots);
        while (!pending.isEmpty()) {
            for (long child : children.getOrDefault(pending.removeLast(), List.of())) {
                if (!roots.contains(child) && found.add(child)) {
                    pending.add(child);
                }
            }
        }
        return found;
    }

    private String name(long pid) {
        return ProcessName.of(files.command(pid));
    }
}
