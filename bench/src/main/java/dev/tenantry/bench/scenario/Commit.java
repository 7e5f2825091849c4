package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Source;
import dev.tenantry.bench.rig.Watched;
import dev.tenantry.bench.workload.Application;
import dev.tenantry.bench.workload.ApplicationRepository;
import dev.tenantry.bench.workload.ApplicationRepository.Change;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** Commits that change one, ten, all or none of many applications: until all targets are at the new revision. */
final class Commit implements Bench {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int SOME = 10;

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        try (var fleet = new Fleet(rig, size, INTERVAL);
                var deployments = Watched.of(rig.client().apps().deployments().inNamespace(fleet.namespace()))) {
            Source source = fleet.installed().withHook(rig);
            var run = new Commits(rig, fleet, source, deployments);
            ApplicationRepository repository = fleet.repository();
            List<Application> all = fleet.applications();
            List<Application> one = all.subList(0, 1);
            List<Application> ten = all.subList(0, Math.min(SOME, size));
            return List.of(
                    run.measure("one", "a commit that changes 1 of " + size, () -> repository.change(one), one),
                    run.measure("ten", "a commit that changes %d of %d".formatted(ten.size(), size),
                            () -> repository.change(ten), ten),
                    run.measure("base", "a commit to the base that all " + size + " share", repository::changeBase,
                            all),
                    run.measure("unread", "a commit to a file that none of " + size + " reads",
                            repository::changeReadme, List.of()));
        }
    }

    private record Commits(Rig rig, Fleet fleet, Source source, Watched<Deployment> deployments) {

        Phase measure(String name, String what, Supplier<Change> commit, List<Application> touched)
                throws InterruptedException {
            rig.meters().awaitCalm();
            rig.say(what);
            Change change = commit.get();
            var applied = new Expected();
            touched.forEach(application -> applied.add(application.name(),
                    deployments.expect(application.object(), deployment -> has(deployment, change.value()))));
            Meters.Start start = rig.meters().start();
            long begin = System.nanoTime();
            source.announce();
            List<Duration> revisions = fleet.awaitAllAt(change.commit(), begin);
            List<Duration> objects = applied.await(begin, fleet.limit(), application -> "not changed");
            Cost cost = rig.meters().since(start);
            var phase = new Phase(name, what, Wall.of(revisions), cost, Map.of());
            return objects.isEmpty() ? phase : phase.with("touched_s", Wall.of(objects).seconds());
        }

        private static boolean has(Deployment deployment, String value) {
            return deployment.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getEnv()
                    .stream()
                    .map(EnvVar::getValue)
                    .anyMatch(value::equals);
        }
    }
}
