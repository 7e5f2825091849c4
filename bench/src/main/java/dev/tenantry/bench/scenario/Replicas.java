package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Installation;
import dev.tenantry.bench.rig.Installation.Replicated;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.cli.terminal.CommandFailure;

/** The same work for one, two and four reconcilers, far away from the API server; then one of the four is lost. */
final class Replicas implements Bench {

    private static final Duration DELAY = Duration.ofMillis(20);
    /**
     * Each works on one target at a time: what a replica can do is then bound by its distance from the API server, and
     * not by the processors that all of them share with it.
     */
    private static final Map<String, String> SETTINGS = Map.of("RECONCILER_RUNS_TOTAL", "1");
    private static final List<Integer> COUNTS = List.of(1, 2, 4);

    private static final int WARM_UP = 3;

    private static final Duration SHARE_LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Pattern SHARE = Pattern.compile("has (\\d+) of (\\d+) partitions");

    @Override
    public Installation start(@Nullable Path kubeconfig, Consumer<String> progress)
            throws IOException, InterruptedException {
        return Installation.start(kubeconfig, DELAY, SETTINGS, progress);
    }

    @Override
    public boolean takesGivenControllers() {
        return false;
    }

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        rig.needPlatform();
        var replicated = (Replicated) rig.installation();
        List<Phase> phases = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        try {
            replicated.scaleTo(COUNTS.getFirst());
            // Not measured: a JVM that has just started is busy with itself.
            var warmUp = new Batch(rig, "warm-up", size);
            batches.add(warmUp);
            warmUp.install();
            for (int count : COUNTS) {
                replicated.scaleTo(count);
                awaitShares(replicated);
                for (int i = 0; i < WARM_UP; i++) {
                    warmUp.change(System.nanoTime());
                }
                var batch = new Batch(rig, "batch-%d".formatted(count), size);
                batches.add(batch);
                phases.add(measure(rig, "install-%d".formatted(count),
                        "%d targets, from creation to Ready, by %d reconcilers".formatted(size, count),
                        batch::install));
            }
            Batch last = batches.getLast();
            phases.add(measure(rig, "commit", "a commit that changes %d targets of %d reconcilers"
                    .formatted(size, COUNTS.getLast()), () -> last.change(System.nanoTime())));
            phases.add(lost(rig, replicated, last));
        } finally {
            batches.forEach(Batch::close);
        }
        return results(phases);
    }

    /** Work that returns how long each of its parts took. */
    private interface Work {
        List<Duration> run() throws InterruptedException;
    }

    private static Phase measure(Rig rig, String name, String what, Work work) throws InterruptedException {
        rig.newMeters().awaitCalm();
        return measureNow(rig, name, what, work);
    }

    private static Phase lost(Rig rig, Replicated replicated, Batch batch) throws InterruptedException {
        rig.newMeters().awaitCalm();
        long begin = System.nanoTime();
        replicated.killLast();
        return measureNow(rig, "lost", "a commit that changes as many, pushed as one of the reconcilers is killed",
                () -> batch.change(begin));
    }

    private static Phase measureNow(Rig rig, String name, String what, Work work) throws InterruptedException {
        rig.say(what);
        Meters meters = rig.newMeters();
        Meters.Start start = meters.start();
        List<Duration> times = work.run();
        return new Phase(name, what, Wall.of(times), meters.since(start), Map.of());
    }

    /** The time of all four comes first, beside what it is compared with. */
    private static List<Phase> results(List<Phase> phases) {
        Map<String, Double> speedUp = new LinkedHashMap<>();
        double alone = seconds(phases.getFirst());
        for (int i = 0; i < COUNTS.size(); i++) {
            speedUp.put(String.valueOf(COUNTS.get(i)), Math.round(100 * alone / seconds(phases.get(i))) / 100.0);
        }
        List<Phase> results = new ArrayList<>(phases);
        Phase most = results.remove(COUNTS.size() - 1);
        results.addFirst(most.with("speed_up", speedUp).with("lost_s", seconds(phases.getLast())));
        return results;
    }

    private static double seconds(Phase phase) {
        return Wall.seconds(phase.wall().all());
    }

    /** Wait until the reconcilers have all partitions among them, none more than its share, as they tell it. */
    private static void awaitShares(Replicated replicated) throws InterruptedException {
        long deadline = System.nanoTime() + SHARE_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isShared(http, replicated.reconcilers())) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure("%d reconcilers don't share the targets after %d s"
                            .formatted(replicated.reconcilers().size(), SHARE_LIMIT.toSeconds()));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isShared(HttpClient http, List<URI> reconcilers) throws InterruptedException {
        int sum = 0;
        int all = 1;
        for (URI each : reconcilers) {
            Matcher share = SHARE.matcher(health(http, each));
            if (!share.find()) {
                return false;
            }
            all = Integer.parseInt(share.group(2));
            int own = Integer.parseInt(share.group(1));
            if (own > Math.ceilDiv(all, reconcilers.size())) {
                return false;
            }
            sum += own;
        }
        return sum == all;
    }

    private static String health(HttpClient http, URI reconciler) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(reconciler.resolve("/q/health")).timeout(SHARE_LIMIT).build(),
                    BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new CommandFailure("the reconciler at %s does not answer: %s".formatted(reconciler, e), e);
        }
    }
}
