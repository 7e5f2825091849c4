package dev.tenantry.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.rig.Rig;

/** Applications that nothing happens to, through ten of their intervals. */
final class Idle implements Bench {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int INTERVALS = 10;

    @Override
    public List<Phase> run(Rig rig, int size) throws InterruptedException {
        try (var fleet = new Fleet(rig, size, INTERVAL)) {
            fleet.installed();
            rig.meters().awaitCalm();
            Duration time = INTERVAL.multipliedBy(INTERVALS);
            rig.say("watching %d idle applications for %d minutes".formatted(size, time.toMinutes()));
            Meters.Start start = rig.meters().start();
            Thread.sleep(time);
            Cost cost = rig.meters().since(start);
            Map<String, Double> cpu = new TreeMap<>();
            cost.cpuSeconds().forEach((name, seconds) -> cpu.put(name, aMinute(seconds)));
            return List.of(new Phase("idle", "%d applications with an interval of a minute".formatted(size),
                    new Wall(time, time, time), cost, Map.of())
                    .with("cpu_s_per_minute", cpu)
                    .with("requests_per_minute", aMinute(cost.requests().total())));
        }
    }

    private static double aMinute(double sum) {
        return Math.round(100 * sum / INTERVALS) / 100.0;
    }
}
