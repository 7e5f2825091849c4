package dev.tenantry.bench.meter;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The processes of Tenantry that this process has started. */
public final class OwnProcesses {

    private static final Set<String> SERVICES = Set.of("standalone", "git-watcher", "reconciler", "secrets-service",
            "BackingServers");
    private static final String DATABASE = "postgres";

    private OwnProcesses() {}

    /** Return the services, their broker, and their database, which detaches itself, by the folder that it works on. */
    public static Set<Long> of(Path folder) {
        ProcessFiles files = ProcessFiles.OF_THIS_MACHINE;
        Set<Long> found = new LinkedHashSet<>();
        ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .filter(pid -> SERVICES.contains(ProcessName.of(files.command(pid))))
                .forEach(found::add);
        for (long pid : files.pids()) {
            var command = files.command(pid);
            if (ProcessName.of(command).equals(DATABASE)
                    && command.stream().anyMatch(argument -> argument.startsWith(folder.toString()))) {
                found.add(pid);
            }
        }
        return found;
    }
}
