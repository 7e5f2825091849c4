package dev.tenantry.cli.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.Children;

/**
 * Each service in its own process, against one broker and one Postgres.
 *
 * @param gitWatcher where webhooks are taken
 * @param reconciler where the reconciler answers
 * @param secretsService where certificates to seal with are given
 */
record SeparateServices(Path data, HttpAddress gitWatcher, HttpAddress reconciler, HttpAddress secretsService,
        Path kubeconfig) implements RunMode {

    @Override
    public void start(Children children) throws IOException, InterruptedException {
        ServiceFleet fleet = ServiceFleet.open(children, new ServiceFleet.Site(data, gitWatcher, kubeconfig));
        Child watcher = fleet.gitWatcher();
        Child applier = fleet.reconciler("reconciler", reconciler, Map.of());
        Child opener = fleet.secretsService(secretsService);
        new Readiness(gitWatcher.localUri()).await(watcher);
        new Readiness(reconciler.localUri()).await(applier);
        new Readiness(secretsService.localUri()).await(opener);
    }
}
