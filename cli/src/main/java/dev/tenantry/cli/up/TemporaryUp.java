package dev.tenantry.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.process.Children;
import dev.tenantry.cli.terminal.CommandFailure;

/** What {@code up} runs, in a temporary folder and on a free port, until it is closed. */
public final class TemporaryUp implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready: http=(\\S+) kubeconfig=(\\S+)");

    private final Path folder;
    private final Thread running;
    private final CompletableFuture<CommandFailure> failure;
    private final URI http;
    private final Path kubeconfig;

    private TemporaryUp(Path folder, Thread running, CompletableFuture<CommandFailure> failure, Matcher ready) {
        this.folder = folder;
        this.running = running;
        this.failure = failure;
        this.http = URI.create(ready.group(1));
        this.kubeconfig = Path.of(ready.group(2));
    }

    /**
     * Start, and return once all is ready.
     *
     * @param cluster the kubeconfig of the cluster; null for a local one, which goes with the rest
     * @throws CommandFailure if something can't be started
     */
    public static TemporaryUp start(@Nullable Path cluster, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tenantry-");
        var ready = new CompletableFuture<Matcher>();
        var options = new Up.Options(cluster, new StateFolder(folder), HttpAddress.parse("127.0.0.1:0"), List.of(),
                false, false);
        var up = new Up(options, line -> announce(line, ready), progress);
        var failure = new CompletableFuture<CommandFailure>();
        Thread running = Thread.ofPlatform().name("up").start(() -> run(up, ready, failure));
        try {
            return new TemporaryUp(folder, running, failure, await(ready));
        } catch (CommandFailure | InterruptedException e) {
            stop(running);
            new StateFolder(folder).delete();
            throw e;
        }
    }

    /** Return where the services answer. */
    public URI http() {
        return http;
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Return the folder of all that it keeps. */
    public Path folder() {
        return folder;
    }

    /**
     * Do something for which everything has to run.
     *
     * @throws CommandFailure if something that runs ends by itself meanwhile; the work is interrupted
     */
    public <T> T during(Callable<T> work) throws Exception {
        return Children.during(failure, work);
    }

    /** Wait until everything has ended, for whatever reason. */
    public void join() throws InterruptedException {
        running.join();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop(running);
        new StateFolder(folder).delete();
    }

    private static void stop(Thread running) throws InterruptedException {
        running.interrupt();
        running.join();
    }

    private static void announce(String line, CompletableFuture<Matcher> ready) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
            ready.complete(matcher);
        }
    }

    private static void run(Up up, CompletableFuture<Matcher> ready, CompletableFuture<CommandFailure> failure) {
        try {
            up.run();
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            CommandFailure told = e instanceof CommandFailure known
                    ? known
                    : new CommandFailure("Tenantry does not run: " + e, e);
            ready.completeExceptionally(told);
            failure.complete(told);
        }
    }

    private static Matcher await(CompletableFuture<Matcher> ready) throws InterruptedException {
        try {
            return ready.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure failure
                    ? failure
                    : new IllegalStateException("A failure is told as such", e.getCause());
        }
    }
}
