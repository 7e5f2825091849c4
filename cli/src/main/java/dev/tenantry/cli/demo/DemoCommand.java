package dev.tenantry.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.cli.up.HttpAddress;
import dev.tenantry.cli.up.StateFolder;
import dev.tenantry.cli.up.Up;
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

    private static final Pattern READY = Pattern.compile("ready: http=(\\S+) kubeconfig=(\\S+)");

    @Option(names = "--stay", description = "let everything run afterwards, until Ctrl-C")
    private boolean stay;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "print this")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("tenantry-demo");
        var ready = new CompletableFuture<Matcher>();
        var up = new Up(
                new Up.Options(null, new StateFolder(folder), HttpAddress.parse("127.0.0.1:0"), List.of(), false,
                        false),
                line -> announce(line, ready), line -> print(spec.commandLine().getErr(), "tenantry: " + line));
        Thread running = Thread.ofPlatform().name("up").start(() -> run(up, ready));
        try {
            Matcher address = await(ready);
            new Demo(address.group(1), Path.of(address.group(2)), line -> print(out, line)).run();
            if (stay) {
                print(spec.commandLine().getErr(),
                        "tenantry: everything goes on until Ctrl-C; KUBECONFIG=" + address.group(2));
                running.join();
            }
            return 0;
        } finally {
            running.interrupt();
            running.join();
            delete(folder);
        }
    }

    private static void announce(String line, CompletableFuture<Matcher> ready) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
            ready.complete(matcher);
        }
    }

    private static void run(Up up, CompletableFuture<Matcher> ready) {
        try {
            up.run();
        } catch (InterruptedException e) {
            // The demo is over.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            ready.completeExceptionally(e);
        }
    }

    private static Matcher await(CompletableFuture<Matcher> ready) throws InterruptedException {
        try {
            return ready.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : new CommandFailure("Tenantry did not start: " + e.getCause(), e.getCause());
        }
    }

    private static void print(@Nullable PrintWriter writer, String line) {
        if (writer != null) {
            writer.println(line);
            writer.flush();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
