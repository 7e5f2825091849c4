package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tenantry.bench.floor.Floor;
import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.workload.Application;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Applications that are all new, and what a bare client takes for the same objects. */
final class Install implements Bench {

    private static final Duration INTERVAL = Duration.ofHours(1);

    @Override
    public List<Phase> run(Rig rig, int size) throws IOException, InterruptedException {
        try (var fleet = new Fleet(rig, size, INTERVAL)) {
            rig.meters().awaitCalm();
            rig.say("installing %d applications".formatted(size));
            Meters.Start start = rig.meters().start();
            long begin = System.nanoTime();
            fleet.create();
            List<Duration> times = fleet.awaitAllAt(fleet.repository().head(), begin);
            Cost cost = rig.meters().since(start);
            var wall = Wall.of(times);
            var phase = new Phase("install", "%d applications, from creation to Ready".formatted(size), wall, cost,
                    Map.of());
            rig.say("applying the same objects by a bare client");
            Floor.Sweep sweep = new Floor(rig.installation().kubeconfig()).sweep(concurrency -> {
                // What the run before has left to Kubernetes' own controllers must not slow this one down.
                rig.meters().awaitCalm();
                return objects(fleet.applications(), rig.namespace("floor-" + concurrency));
            });
            return List.of(phase.with("floor_s", Wall.seconds(sweep.best()))
                    .with("floor_sweep_s", seconds(sweep))
                    .with("times_floor", ratio(wall.all(), sweep.best())));
        }
    }

    private static List<GenericKubernetesResource> objects(List<Application> applications, String namespace) {
        return applications.stream()
                .flatMap(application -> application.rendered().stream())
                .map(object -> in(namespace, object))
                .toList();
    }

    private static GenericKubernetesResource in(String namespace, GenericKubernetesResource object) {
        object.getMetadata().setNamespace(namespace);
        return object;
    }

    private static Map<String, Double> seconds(Floor.Sweep sweep) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        sweep.times().forEach((concurrency, time) -> seconds.put(String.valueOf(concurrency), Wall.seconds(time)));
        return seconds;
    }

    private static double ratio(Duration time, Duration floor) {
        return Math.round(100.0 * time.toNanos() / floor.toNanos()) / 100.0;
    }
}
