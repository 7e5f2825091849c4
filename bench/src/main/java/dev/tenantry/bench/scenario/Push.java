package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.rig.Targets;
import dev.tenantry.bench.rig.Watched;

/** Pushes of one value: one after another to one repository, then to many repositories at once. */
final class Push implements Bench {

    private static final int REPOSITORIES = 20;
    /** Not counted: what has never run yet is slow. */
    private static final int WARM_UP = 5;

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        rig.needPlatform();
        String objects = rig.namespace("objects");
        try (var targets = new Targets(rig, Rig.PLATFORM);
                var configMaps = Watched.of(rig.client().configMaps().inNamespace(objects))) {
            var home = new Pipeline.Home(targets, configMaps, objects);
            List<Pipeline> pipelines = new ArrayList<>();
            for (int i = 1; i <= REPOSITORIES; i++) {
                pipelines.add(Pipeline.lay(rig, home, "repository-%02d".formatted(i)));
            }
            for (int i = 0; i < WARM_UP; i++) {
                pipelines.getFirst().push();
            }
            return List.of(single(rig, pipelines.getFirst(), size), parallel(rig, pipelines, size));
        }
    }

    private static Phase single(Rig rig, Pipeline pipeline, int pushes) throws InterruptedException {
        return measure(rig, "single", pushes + " pushes, one after another", () -> {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < pushes; i++) {
                times.add(pipeline.push());
            }
            return times;
        });
    }

    private static Phase parallel(Rig rig, List<Pipeline> pipelines, int pushes) throws InterruptedException {
        int rounds = Math.ceilDiv(pushes, pipelines.size());
        String what = "%d times %d pushes at once, each to a repository of its own".formatted(rounds, pipelines.size());
        return measure(rig, "parallel", what, () -> {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                times.addAll(atOnce(pipelines));
            }
            return times;
        });
    }

    private static List<Duration> atOnce(List<Pipeline> pipelines) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Duration> times = new ArrayList<>();
            List<Callable<Duration>> pushes = pipelines.stream().<Callable<Duration>>map(each -> each::push).toList();
            for (Future<Duration> push : threads.invokeAll(pushes)) {
                times.add(push.get());
            }
            return times;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("A push failed", e.getCause());
        }
    }

    /** Pushes that are made and looked for, and return how long each took. */
    private interface Pushes {
        List<Duration> run() throws InterruptedException;
    }

    private static Phase measure(Rig rig, String name, String what, Pushes pushes) throws InterruptedException {
        rig.meters().awaitCalm();
        rig.say(what);
        Meters.Start start = rig.meters().start();
        List<Duration> times = pushes.run();
        return new Phase(name, what, Wall.of(times), rig.meters().since(start), Map.of());
    }
}
