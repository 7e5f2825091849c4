package dev.tenantry.cli.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.tenantry.cli.CommandFailure;
import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** All services in one process, with the embedded broker and Postgres. */
record Standalone(Path data, HttpAddress http, Path kubeconfig) {

    private static final String JAR = "standalone/target/quarkus-app/quarkus-run.jar";
    // Quarkus waits for requests in flight, the broker for its log, Postgres for its checkpoint.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Start it and return once it is ready. */
    void start(Children children) throws InterruptedException {
        Path jar = LocalClusterPrograms.home().resolve(JAR);
        if (!Files.isReadable(jar)) {
            throw new CommandFailure("%s is not built; start by ./tenantry, which builds it".formatted(jar));
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx1g",
                "-Dtenantry.data=" + data,
                "-Dquarkus.http.host=" + http.bare(),
                "-Dquarkus.http.port=" + http.port(),
                "-jar", jar.toString());
        Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString());
        Child child = children.start(new ChildCommand("standalone", command, environment, PATIENCE));
        new Readiness(http.localUri()).await(child);
    }
}
