package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.git.TestRepository;

/** One Kustomization of many ConfigMaps. */
final class HugeTarget implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int IN_A_FILE = 500;
    private static final String CHANGED = name(0);

    private final Rig rig;
    private final int size;
    private final TestRepository repository;
    private final String namespace;
    private final Place place;
    private final Targets targets;
    private final Source source;

    HugeTarget(Rig rig, int size) throws InterruptedException {
        this.rig = rig;
        this.size = size;
        this.repository = rig.git().repository("huge");
        repository.file("README.md", "Very many objects.\n").commit("nothing yet");
        this.namespace = rig.namespace("huge");
        this.place = new Place(rig.run(), Rig.PLATFORM, "bench-%s-huge".formatted(rig.run()));
        this.targets = new Targets(rig, Rig.PLATFORM);
        this.source = Source.follow(rig, place, repository.url(), INTERVAL).withHook(rig);
    }

    /** Something that makes the controllers work. */
    private interface Action {
        void run() throws InterruptedException;
    }

    /** Make the target, until it is Ready. */
    Phase install() throws InterruptedException {
        for (int first = 0; first < size; first += IN_A_FILE) {
            write(first, "0");
        }
        String commit = repository.commit("all objects");
        var kustomization = FluxObjects.kustomization(
                new FluxObjects.Target(place, place.name(), "objects", namespace, INTERVAL), LIMIT);
        Phase phase = measure("install", "a target of %d ConfigMaps, from its creation to Ready".formatted(size),
                commit, () -> {
                    source.announce();
                    targets.create(List.of(kustomization));
                });
        count(size);
        return phase;
    }

    /** Change one object, until the target is Ready again. */
    Phase change() throws InterruptedException {
        write(0, "1");
        String commit = repository.commit("one object changed");
        try (var changed = Watched.of(rig.client().configMaps().inNamespace(namespace).withName(CHANGED))) {
            var applied = new Expected().add(CHANGED,
                    changed.expect(CHANGED, each -> "1".equals(each.getData().get("value"))));
            var begin = new AtomicLong();
            Phase phase = measure("change", "a commit that changes one of them", commit, () -> {
                begin.set(System.nanoTime());
                source.announce();
            });
            List<Duration> touched = applied.await(begin.get(), LIMIT, any -> "not changed");
            return phase.with("touched_s", Wall.of(touched).seconds());
        }
    }

    /** Take every second file away, until the target is Ready and so many objects are gone. */
    Phase prune() throws InterruptedException {
        int left = 0;
        for (int first = 0; first < size; first += IN_A_FILE) {
            if (first / IN_A_FILE % 2 == 1) {
                repository.delete(file(first));
            } else {
                left += Math.min(IN_A_FILE, size - first);
            }
        }
        String commit = repository.commit("half of the objects");
        Phase phase = measure("prune", "a commit that takes %d of them away".formatted(size - left), commit,
                source::announce);
        count(left);
        return phase;
    }

    private Phase measure(String name, String what, String commit, Action action) throws InterruptedException {
        rig.meters().awaitCalm();
        rig.say(what);
        Meters.Start start = rig.meters().start();
        long begin = System.nanoTime();
        action.run();
        List<Duration> times = targets.await(targets.readyAt(List.of(place.name()), commit), begin, LIMIT);
        Cost cost = rig.meters().since(start);
        return new Phase(name, what, Wall.of(times), cost, Map.of());
    }

    private void count(int expected) {
        int found = rig.client()
                .configMaps()
                .inNamespace(namespace)
                .withLabel("kustomize.toolkit.fluxcd.io/name", place.name())
                .list()
                .getItems()
                .size();
        if (found != expected) {
            throw new CommandFailure("%d ConfigMaps are in the cluster, not %d".formatted(found, expected));
        }
    }

    /** Write a file; of a change, only the first object in it is another. */
    private void write(int first, String valueOfFirst) {
        StringBuilder yaml = new StringBuilder();
        IntStream.range(first, Math.min(size, first + IN_A_FILE))
                .forEach(number -> yaml.append("""
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: %s
                        data:
                          value: "%s"
                        """.formatted(name(number), number == first ? valueOfFirst : "0")));
        repository.file(file(first), yaml.toString());
    }

    private static String file(int first) {
        return "objects/from-%05d.yaml".formatted(first);
    }

    private static String name(int number) {
        return "object-%05d".formatted(number);
    }

    @Override
    public void close() {
        targets.close();
    }
}
