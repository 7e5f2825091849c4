package dev.tenantry.bench.scenario;

import java.io.IOException;
import java.util.List;

import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.rig.Rig;

/** One target of very many ConfigMaps: installed, one of them changed, half of them taken away. */
final class Huge implements Bench {

    @Override
    public List<Phase> run(Rig rig, int size) throws IOException, InterruptedException {
        rig.needPlatform();
        try (var target = new HugeTarget(rig, size)) {
            return List.of(target.install(), target.change(), target.prune());
        }
    }
}
