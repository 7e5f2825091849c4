package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.ConfigMap;

/** A repository with one target, which applies one ConfigMap: how long is it from a push to the object? */
final class Pipeline {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Home home;
    private final String name;
    private final Place place;
    private final TestRepository repository;
    private final Source source;
    private int pushes;

    private Pipeline(Home home, String name, Place place, TestRepository repository, Source source) {
        this.home = home;
        this.name = name;
        this.place = place;
        this.repository = repository;
        this.source = source;
    }

    /**
     * Where pipelines are.
     *
     * @param targets those of the namespace that has sources and targets
     * @param configMaps those of the namespace that has the objects
     */
    record Home(Targets targets, Watched<ConfigMap> configMaps, String objects) {}

    /** Make one, and return once its first commit is applied. */
    static Pipeline lay(Rig rig, Home home, String name) throws InterruptedException {
        TestRepository repository = rig.git().repository(name);
        String commit = commit(repository, name, "0");
        var place = new Place(rig.run(), home.targets.namespace(), "bench-%s-%s".formatted(rig.run(), name));
        Source source = Source.follow(rig, place, repository.url(), INTERVAL);
        home.targets.create(List.of(FluxObjects.kustomization(
                new FluxObjects.Target(place, place.name(), "app", home.objects, INTERVAL), LIMIT)));
        var pipeline = new Pipeline(home, name, place, repository, source.withHook(rig));
        pipeline.awaitReady(commit);
        return pipeline;
    }

    /** Push, and return how long it took until the object was there; returns once the target is Ready. */
    Duration push() throws InterruptedException {
        pushes++;
        String value = String.valueOf(pushes);
        CompletableFuture<Long> seen = home.configMaps.expect(name, each -> value.equals(each.getData().get("push")));
        String commit = commit(repository, name, value);
        long begin = System.nanoTime();
        source.announce();
        List<Duration> time = new Expected().add(name, seen).await(begin, LIMIT, any -> "push " + value);
        awaitReady(commit);
        return time.getFirst();
    }

    private void awaitReady(String commit) throws InterruptedException {
        home.targets.await(home.targets.readyAt(List.of(place.name()), commit), System.nanoTime(), LIMIT);
    }

    private static String commit(TestRepository repository, String name, String value) {
        return repository.file("app/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  push: "%s"
                """.formatted(name, value)).commit("push " + value);
    }
}
