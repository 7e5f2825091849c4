package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.time.Duration;
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
                return writes(fleet.applications(), rig.namespace("floor-" + concurrency));
            });
            return List.of(sweep.besides(phase));
        }
    }

    private static List<Floor.Write> writes(List<Application> applications, String namespace) {
        return applications.stream()
                .flatMap(application -> application.rendered().stream())
                .map(object -> Floor.Write.of(in(namespace, object)))
                .toList();
    }

    private static GenericKubernetesResource in(String namespace, GenericKubernetesResource object) {
        object.getMetadata().setNamespace(namespace);
        return object;
    }
}
