package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.floor.Floor;
import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Expected;
import dev.tenantry.bench.rig.Installation;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.workload.Sealing;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.cli.up.TemporarySecretsService;

/** SealedSecrets that are there before the service is, that come while it runs, and that it finds as it left them. */
final class Secrets implements Bench {

    private static final Duration CERTIFICATE_LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ONE_MOMENT = Duration.ofMillis(2);
    private static final List<String> WRITTEN = List.of("secrets", "sealedsecrets/status", "events");

    @Override
    public Installation start(@Nullable Path kubeconfig, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new Installation.SecretsOnly(TemporarySecretsService.prepare(kubeconfig, progress), kubeconfig == null);
    }

    @Override
    public boolean takesGivenControllers() {
        return false;
    }

    @Override
    public List<Phase> run(Rig rig, int size) throws IOException, InterruptedException {
        TemporarySecretsService service = ((Installation.SecretsOnly) rig.installation()).service();
        service.start();
        service.awaitReady();
        Sealing sealing = sealing(service);
        service.stop();
        rig.say("sealing 2 × %d values".formatted(size));
        try (var waiting = new SealedBatch(rig, sealing, "waiting", size);
                var coming = new SealedBatch(rig, sealing, "coming", size)) {
            waiting.create();
            Phase cold = cold(rig, service, waiting);
            Phase running = running(rig, coming);
            service.stop();
            Phase restart = restart(rig, service, 2 * size);
            service.stop();
            return List.of(floor(rig, sealing, size).besides(cold), running, restart);
        }
    }

    /** The first key is made once the service runs, in the background. */
    private static Sealing sealing(TemporarySecretsService service) throws InterruptedException {
        long deadline = System.nanoTime() + CERTIFICATE_LIMIT.toNanos();
        while (true) {
            try {
                return Sealing.by(service.http());
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure("there is no certificate after %d s: %s".formatted(
                            CERTIFICATE_LIMIT.toSeconds(), e.getMessage()), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static Phase cold(Rig rig, TemporarySecretsService service, SealedBatch batch)
            throws InterruptedException {
        rig.newMeters().awaitCalm();
        rig.say("starting secrets-service over SealedSecrets that nobody has opened");
        Expected expected = batch.expectOpened();
        long begin = System.nanoTime();
        service.start();
        Meters meters = metersOfStarted(rig, service);
        Meters.Start start = meters.start();
        service.awaitReady();
        Duration ready = Duration.ofNanos(System.nanoTime() - begin);
        Wall wall = Wall.of(batch.await(expected, begin));
        Cost cost = meters.since(start);
        batch.check();
        return written(new Phase("cold", "SealedSecrets that were there before the service, since its start", wall,
                cost, Map.of("ready_s", Wall.seconds(ready),
                        "after_ready_s", Wall.seconds(wall.all().minus(ready)))));
    }

    private static Phase running(Rig rig, SealedBatch batch) throws InterruptedException {
        Meters meters = rig.newMeters();
        meters.awaitCalm();
        rig.say("creating as many while it runs");
        Expected expected = batch.expectOpened();
        Meters.Start start = meters.start();
        long begin = System.nanoTime();
        batch.create();
        Duration created = Duration.ofNanos(System.nanoTime() - begin);
        Wall wall = Wall.of(batch.await(expected, begin));
        Cost cost = meters.since(start);
        batch.check();
        return written(new Phase("running", "as many that come while it runs, since the first was created", wall,
                cost, Map.of("created_s", Wall.seconds(created))));
    }

    /** A restart must find that there is nothing to do. */
    private static Phase restart(Rig rig, TemporarySecretsService service, int all) throws InterruptedException {
        rig.newMeters().awaitCalm();
        rig.say("starting it again over all of them");
        long begin = System.nanoTime();
        service.start();
        Meters meters = metersOfStarted(rig, service);
        Meters.Start start = meters.start();
        service.awaitReady();
        Duration ready = Duration.ofNanos(System.nanoTime() - begin);
        meters.awaitCalm();
        Cost cost = meters.since(start);
        Phase phase = written(new Phase("restart", "a start over %d that are as they should be, until ready"
                .formatted(all), new Wall(ready, ready, ready), cost, Map.of()));
        if (cost.requests().writes("secrets") + cost.requests().writes("sealedsecrets/status") > 0) {
            throw new CommandFailure("a restart that had nothing to do wrote: " + phase.figures());
        }
        return phase;
    }

    /** What nobody can do without: one write for a Secret, and one for a status. */
    private static Floor.Sweep floor(Rig rig, Sealing sealing, int size) throws IOException, InterruptedException {
        rig.say("making the same writes by a bare client");
        return new Floor(rig.installation().kubeconfig()).sweep(concurrency -> {
            List<Floor.Write> writes;
            try (var batch = new SealedBatch(rig, sealing, "floor-" + concurrency, size)) {
                writes = batch.create()
                        .stream()
                        .flatMap(sealed -> Stream.of(Floor.Write.of(Sealing.opened(sealed)),
                                Floor.Write.ofStatus(Sealing.synced(sealed))))
                        .toList();
            }
            rig.newMeters().awaitCalm();
            return writes;
        });
    }

    /** For a moment, a process is not yet the program that it is going to be. */
    private static Meters metersOfStarted(Rig rig, TemporarySecretsService service) throws InterruptedException {
        while (!rig.installation().pids().contains(service.pid())) {
            Thread.sleep(ONE_MOMENT);
        }
        return rig.newMeters();
    }

    private static Phase written(Phase phase) {
        Phase with = phase;
        for (String resource : WRITTEN) {
            with = with.with("writes_" + resource.replace('/', '_'), phase.cost().requests().writes(resource));
        }
        return with;
    }
}
