package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.workload.Application;
import dev.tenantry.bench.workload.ApplicationRepository;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Many applications in one repository, each with a Kustomization of its own. */
final class Fleet implements AutoCloseable {

    /** How long a Kustomization waits for health; none here takes long. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofMinutes(5);
    private static final Duration FOR_EACH = Duration.ofSeconds(3);

    private final Rig rig;
    private final Duration interval;
    private final ApplicationRepository repository;
    private final String namespace;
    private final Place place;
    private final Targets targets;

    /** Prepare it, and make nothing yet that a controller would act upon. */
    Fleet(Rig rig, int applications, Duration interval) {
        rig.needPlatform();
        this.rig = rig;
        this.interval = interval;
        this.repository = new ApplicationRepository(rig.git().repository("applications"), applications);
        this.namespace = rig.namespace("applications");
        this.place = new Place(rig.run(), Rig.PLATFORM, "bench-" + rig.run());
        this.targets = new Targets(rig, Rig.PLATFORM);
    }

    ApplicationRepository repository() {
        return repository;
    }

    /** Return where the applications' objects are. */
    String namespace() {
        return namespace;
    }

    List<Application> applications() {
        return repository.applications();
    }

    /** Make the source and a Kustomization for each application. */
    Source create() throws InterruptedException {
        Source source = Source.follow(rig, place, repository.repository().url(), interval);
        targets.create(applications().stream().map(this::kustomization).toList());
        return source;
    }

    /** Return how long each took until it is Ready with a commit, since a begin. */
    List<Duration> awaitAllAt(String commit, long begin) throws InterruptedException {
        List<String> names = applications().stream().map(this::target).toList();
        return targets.await(targets.readyAt(names, commit), begin, limit());
    }

    /** Install everything, and wait until the controllers have come to rest. */
    Source installed() throws InterruptedException {
        rig.say("installing %d applications".formatted(applications().size()));
        long begin = System.nanoTime();
        Source source = create();
        awaitAllAt(repository.head(), begin);
        return source;
    }

    /** Return how long anything about so many may take before it is given up. */
    Duration limit() {
        return limit(applications());
    }

    static Duration limit(Collection<?> many) {
        return LEAST.plus(FOR_EACH.multipliedBy(many.size()));
    }

    private GenericKubernetesResource kustomization(Application application) {
        return FluxObjects.kustomization(new FluxObjects.Target(
                new Place(rig.run(), Rig.PLATFORM, target(application)), place.name(), application.folder(), namespace,
                interval), HEALTH_TIMEOUT);
    }

    private String target(Application application) {
        return place.name() + "-" + application.name();
    }

    @Override
    public void close() {
        targets.close();
    }
}
