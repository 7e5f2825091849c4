package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** A team whose targets all fail: a third can't be built, a third is refused by the API server, a third never healthy. */
final class FailingTeam implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    /** As long as many have it: whoever blocks a worker for it blocks it for long. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(5);
    private static final int WAYS = 3;

    private static final String REFUSED = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: No_Name
            """;
    private static final String NEVER_HEALTHY = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: pending
            spec:
              selector:
                matchLabels:
                  app: APP
              template:
                metadata:
                  labels:
                    app: APP
                spec:
                  nodeSelector:
                    example.org/missing: node
                  containers:
                    - name: web
                      image: registry.example.org/web:1.0.0
            """;

    private final Rig rig;
    private final String namespace;
    private final int size;
    private final TestRepository repository;
    private final Place place;
    private final Targets targets;
    private Source source;
    private int pushes;

    FailingTeam(Rig rig, String namespace, int size) {
        this.rig = rig;
        this.namespace = namespace;
        this.size = size;
        this.repository = rig.git().repository("failing");
        this.place = new Place(rig.run(), namespace, "failing");
        this.targets = new Targets(rig, namespace);
        this.source = first();
    }

    private Source first() {
        IntStream.range(0, size).forEach(this::files);
        repository.file("base/kustomization.yaml", "resources: [settings.yaml]\n");
        commit();
        return Source.follow(rig, place, repository.url(), INTERVAL);
    }

    /** Make the targets; what becomes of them is not waited for. */
    void begin() throws InterruptedException {
        source = source.withHook(rig);
        targets.create(IntStream.range(0, size).mapToObj(this::target).toList());
    }

    /** Push a change that touches every target. */
    void pushAll() {
        commit();
        source.announce();
    }

    private void commit() {
        pushes++;
        repository.file("base/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  push: "%d"
                """.formatted(pushes)).commit("push " + pushes);
    }

    private void files(int number) {
        String folder = folder(number);
        repository.file(folder + "/kustomization.yaml", """
                namePrefix: app-%d-
                resources: [../../base, failing.yaml]
                """.formatted(number));
        // The rest lack the file.
        if (number % WAYS == 1) {
            repository.file(folder + "/failing.yaml", REFUSED);
        } else if (number % WAYS == 2) {
            repository.file(folder + "/failing.yaml", NEVER_HEALTHY.replace("APP", "app-" + number));
        }
    }

    private GenericKubernetesResource target(int number) {
        return FluxObjects.kustomization(
                new FluxObjects.Target(new Place(rig.run(), namespace, "app-" + number), place.name(), folder(number),
                        namespace, INTERVAL),
                HEALTH_TIMEOUT);
    }

    private static String folder(int number) {
        return "apps/app-" + number;
    }

    @Override
    public void close() {
        targets.close();
    }
}
