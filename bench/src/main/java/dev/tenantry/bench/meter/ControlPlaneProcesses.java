package dev.tenantry.bench.meter;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The processes behind an API server, where they run on this machine. */
public final class ControlPlaneProcesses {

    private static final String API_SERVER = "kube-apiserver";
    private static final Set<String> BESIDE = Set.of("etcd", "kube-controller-manager");

    private ControlPlaneProcesses() {}

    /** Return the API server at a URL, its etcd and its controllers: those that the same process has started. */
    public static Set<Long> of(URI server) {
        return of(server, ProcessFiles.OF_THIS_MACHINE);
    }

    static Set<Long> of(URI server, ProcessFiles files) {
        Set<Long> found = new LinkedHashSet<>();
        String port = "--secure-port=" + server.getPort();
        for (long pid : files.pids()) {
            List<String> command = files.command(pid);
            if (ProcessName.of(command).equals(API_SERVER) && command.contains(port)) {
                found.add(pid);
            }
        }
        for (long apiServer : List.copyOf(found)) {
            OptionalLong parent = parent(apiServer, files);
            files.pids()
                    .stream()
                    .filter(pid -> parent.isPresent() && parent.equals(parent(pid, files)))
                    .filter(pid -> BESIDE.contains(ProcessName.of(files.command(pid))))
                    .forEach(found::add);
        }
        return found;
    }

    private static OptionalLong parent(long pid, ProcessFiles files) {
        return files.stat(pid).stream().mapToLong(ProcessStat::parent).findFirst();
    }
}
