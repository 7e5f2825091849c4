package dev.tenantry.cli.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/**
 * A Quarkus application as a child process.
 *
 * @param name of the process and its log
 * @param module the folder in the tree whose build it is
 * @param heap the most that the JVM's heap may take
 * @param environment its settings, by MicroProfile Config's naming; unlike arguments, others on the machine can't see them
 */
record ServiceProcess(String name, String module, String heap, HttpAddress http,
        Map<String, String> environment) {

    private static final String JAR = "target/quarkus-app/quarkus-run.jar";
    // Quarkus waits for requests in flight, the broker for its log, Postgres for its checkpoint.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Start it; {@link Readiness} says when it is ready. */
    Child start(Children children) {
        Path jar = LocalClusterPrograms.home().resolve(module).resolve(JAR);
        if (!Files.isReadable(jar)) {
            throw new CommandFailure("%s is not built; start by ./tenantry, which builds it".formatted(jar));
        }
        List<String> command = List.of(java(), "-XX:+UseSerialGC", "-Xmx" + heap,
                "-Dquarkus.http.host=" + http.bare(), "-Dquarkus.http.port=" + http.port(), "-jar", jar.toString());
        return children.start(new ChildCommand(name, command, environment, PATIENCE));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
