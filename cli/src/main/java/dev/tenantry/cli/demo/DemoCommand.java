package dev.tenantry.cli.demo;

import static dev.tenantry.cli.terminal.CommandLines.println;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import dev.tenantry.cli.up.TemporaryUp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code demo}. */
@Command(name = "demo", description = {
        "Watch pushes to a sample repository become the state of a local cluster, and how long each stage takes.",
        "Ends by itself, with status 0 only if each step was seen in the API server.",
})
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--stay", description = "let everything run afterwards, until Ctrl-C")
    private boolean stay;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "print this")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (var up = TemporaryUp.start(null, line -> println(err, "tenantry: " + line))) {
            up.during(() -> {
                new Demo(up.http().toString(), up.kubeconfig(), line -> println(out, line)).run();
                return null;
            });
            if (stay) {
                println(err, "tenantry: everything goes on until Ctrl-C; KUBECONFIG=" + up.kubeconfig());
                up.join();
            }
            return 0;
        }
    }
}
