package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Targets of one ConfigMap each, of one repository: as little as possible for the API server to do. */
final class Batch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(5);

    private final Rig rig;
    private final List<String> names;
    private final String namespace;
    private final Place place;
    private final TestRepository repository;
    private final Source source;
    private final Targets targets;
    private int changes;

    /** Make the repository and follow it; there are no targets yet. */
    Batch(Rig rig, String name, int size) throws InterruptedException {
        this.rig = rig;
        this.names = IntStream.rangeClosed(1, size).mapToObj("target-%05d"::formatted).toList();
        this.namespace = rig.namespace(name);
        this.place = new Place(rig.run(), Rig.PLATFORM, "bench-%s-%s".formatted(rig.run(), name));
        this.repository = rig.git().repository(name);
        commit();
        this.source = Source.follow(rig, place, repository.url(), INTERVAL).withHook(rig);
        this.targets = new Targets(rig, Rig.PLATFORM);
    }

    /** Make the targets, and return how long each took until it was Ready, since the first was made. */
    List<Duration> install() throws InterruptedException {
        long begin = System.nanoTime();
        targets.create(names.stream().map(this::target).toList());
        return targets.await(targets.readyAt(names.stream().map(this::name).toList(), repository.head("main")), begin,
                Fleet.limit(names));
    }

    /** Push a change to every target, and return how long each took until its object was changed, since a begin. */
    List<Duration> change(long begin) throws InterruptedException {
        String value = commit();
        try (var configMaps = Watched.of(rig.client().configMaps().inNamespace(namespace))) {
            var changed = new Expected();
            names.forEach(name -> changed.add(name, configMaps.expect(name, each -> has(each, value))));
            source.announce();
            return changed.await(begin, Fleet.limit(names), name -> "not changed");
        }
    }

    private static boolean has(ConfigMap configMap, String value) {
        return value.equals(configMap.getData().get("value"));
    }

    private String commit() {
        String value = String.valueOf(changes++);
        names.forEach(name -> repository.file(folder(name) + "/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  value: "%s"
                """.formatted(name, value)));
        repository.commit("value " + value);
        return value;
    }

    private GenericKubernetesResource target(String each) {
        return FluxObjects.kustomization(new FluxObjects.Target(new Place(rig.run(), Rig.PLATFORM, name(each)),
                place.name(), folder(each), namespace, INTERVAL), HEALTH_TIMEOUT);
    }

    private String name(String each) {
        return place.name() + "-" + each;
    }

    private static String folder(String each) {
        return "targets/" + each;
    }

    @Override
    public void close() {
        targets.close();
    }
}
