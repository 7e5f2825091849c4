package dev.tenantry.bench.meter;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.client.KubernetesClient;

/** All meters together. */
public final class Meters {

    private static final Duration PAUSE = Duration.ofMillis(500);
    /** The controllers count a run a moment after its last write. */
    private static final Duration LONGEST_AGREEMENT = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALM = Duration.ofMinutes(3);
    /** In processors; a control plane that has nothing to do uses about half of it. */
    private static final double CALM = 0.3;

    private final KubernetesClient client;
    private final ProcessMeter processes;
    private final Controllers counters;

    /**
     * @param pids of the controllers
     * @param addresses where they listen
     */
    public Meters(KubernetesClient client, Set<Long> pids, List<URI> addresses) throws InterruptedException {
        Set<Long> roots = new HashSet<>(pids);
        roots.addAll(ControlPlaneProcesses.of(URI.create(client.getConfiguration().getMasterUrl())));
        this.client = client;
        this.processes = new ProcessMeter(ProcessFiles.OF_THIS_MACHINE, roots);
        this.counters = new Controllers(addresses);
    }

    /** What the meters showed when something began. */
    public static final class Start {

        private final ProcessMeter.Reading processes;
        private final ApiRequests requests;
        private final Optional<ControllerCounts> counts;

        private Start(ProcessMeter.Reading processes, ApiRequests requests, Optional<ControllerCounts> counts) {
            this.processes = processes;
            this.requests = requests;
            this.counts = counts;
        }
    }

    /** Read before what is to be measured. */
    public Start start() throws InterruptedException {
        return new Start(processes.begin(), requests(), counters.read());
    }

    /** Read after it; waits some seconds for counters that don't agree yet. */
    public Cost since(Start start) throws InterruptedException {
        ProcessMeter.Use use = processes.between(start.processes, processes.read());
        long deadline = System.nanoTime() + LONGEST_AGREEMENT.toNanos();
        while (true) {
            Cost cost = new Cost(use.cpuSeconds(), use.peakMib(), requests().since(start.requests),
                    counters.read().flatMap(now -> start.counts.map(now::since)));
            if (cost.agrees() || System.nanoTime() > deadline) {
                return cost;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Wait until controllers and control plane do next to nothing, for at most three minutes. */
    public void awaitCalm() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_CALM.toNanos();
        Duration window = PAUSE.multipliedBy(4);
        double used;
        do {
            double before = processes.read().seconds();
            Thread.sleep(window);
            used = processes.read().seconds() - before;
        } while (used > CALM * window.toSeconds() && System.nanoTime() < deadline);
    }

    private ApiRequests requests() {
        return ApiRequests.read(client.raw("/metrics"));
    }
}
