package dev.tenantry.cli.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.application.BuiltApplication;

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

    // Quarkus waits for requests in flight, the broker for its log, Postgres for its checkpoint.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Start it; {@link Readiness} says when it is ready. */
    Child start(Children children) {
        List<String> command = command();
        return children.start(new ChildCommand(name, command, environment, PATIENCE));
    }

    private List<String> command() {
        try {
            return BuiltApplication.of(module)
                    .command(heap, List.of("-Dquarkus.http.host=" + http.bare(),
                            "-Dquarkus.http.port=" + http.port()));
        } catch (IllegalStateException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
