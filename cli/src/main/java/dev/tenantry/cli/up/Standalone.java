package dev.tenantry.cli.up;

import java.nio.file.Path;
import java.util.Map;

import dev.tenantry.cli.process.Children;

/** All services in one process, with the embedded broker and Postgres. */
record Standalone(Path data, HttpAddress http, Path kubeconfig) implements RunMode {

    @Override
    public void start(Children children) throws InterruptedException {
        Map<String, String> properties = RunMode.gitWatcherSettings(http);
        properties.putAll(RunMode.reconcilerSettings(http));
        properties.put("tenantry.data", data.toString());
        ServiceProcess process = new ServiceProcess("standalone", "standalone", "1g", http, properties,
                Map.of("KUBECONFIG", kubeconfig.toString()));
        new Readiness(http.localUri()).await(process.start(children));
    }
}
