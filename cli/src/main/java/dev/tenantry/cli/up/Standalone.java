package dev.tenantry.cli.up;

import java.nio.file.Path;
import java.util.Map;

import dev.tenantry.cli.process.Children;

/** All services in one process, with the embedded broker and Postgres. */
record Standalone(Path data, HttpAddress http, Path kubeconfig) implements RunMode {

    @Override
    public void start(Children children) throws InterruptedException {
        Map<String, String> environment = RunMode.environment(http);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("TENANTRY_DATA", data.toString());
        ServiceProcess process = new ServiceProcess("standalone", "standalone", "1g", http, environment);
        new Readiness(http.localUri()).await(process.start(children));
    }
}
