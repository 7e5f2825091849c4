package dev.tenantry.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.tenantry.cli.terminal.CommandFailure;

/**
 * Child processes that never outlive this one.
 * <p>
 * A terminal's Ctrl-C does not reach them, so that this process says who stops first; on Linux the kernel stops them if
 * this process is killed.
 */
public final class Children implements AutoCloseable {

    // The kernel signals a child when the thread that started it ends, so one thread starts them all and stays.
    private final ExecutorService keeper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("children").factory());
    private final Path logs;
    private final Deque<Child> running = new ArrayDeque<>();
    private final CompletableFuture<CommandFailure> failure = new CompletableFuture<>();
    private boolean closed;

    /** Keep logs in a folder: {@code <name>.log}, and {@code <name>.log.previous} of the start before. */
    public Children(Path logs) throws IOException {
        this.logs = Files.createDirectories(logs);
    }

    /**
     * Start a child; its end before {@link #close} is a failure.
     *
     * @throws CommandFailure if it cannot be started
     * @throws IllegalStateException if the others are being stopped already
     */
    public synchronized Child start(ChildCommand command) {
        if (closed) {
            throw new IllegalStateException("Everything is being stopped");
        }
        try {
            Path log = newLog(command.name());
            ProcessBuilder builder = new ProcessBuilder(detached(command.command()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(command.environment());
            Process process = keeper.submit(builder::start).get();
            Child child = new Child(command, process, log);
            running.push(child);
            process.onExit().thenRun(() -> ended(child));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new CommandFailure(command.name() + " does not start: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command.name() + " started", e);
        }
    }

    /** Kill a child, as a lost machine would end it: what it has not done yet stays undone. That is no failure. */
    public void kill(Child child) throws InterruptedException {
        synchronized (this) {
            running.remove(child);
        }
        child.process().destroyForcibly().waitFor();
    }

    /** Stop a child, as its own end is asked for; returns when it is gone. That is no failure. */
    public void stop(Child child) throws InterruptedException {
        synchronized (this) {
            running.remove(child);
        }
        child.stop();
    }

    /**
     * Do something for which all of them have to run.
     *
     * @throws CommandFailure if one ends unexpectedly meanwhile; the work is interrupted
     */
    public <T> T during(Callable<T> work) throws Exception {
        return during(failure, work);
    }

    /** Do something as long as there is no failure, which interrupts it and is thrown. */
    public static <T> T during(CompletableFuture<CommandFailure> failure, Callable<T> work) throws Exception {
        Thread worker = Thread.currentThread();
        CompletableFuture<Void> interruption = failure.thenRun(worker::interrupt);
        try {
            return work.call();
        } catch (InterruptedException | RuntimeException e) {
            if (failure.isDone()) {
                // What is closed next needs not be told once more.
                Thread.interrupted();
                throw failure.join();
            }
            throw e;
        } finally {
            interruption.cancel(false);
        }
    }

    /** Complete with the first unexpected end of a child. */
    public CompletableFuture<CommandFailure> failure() {
        return failure;
    }

    /**
     * Stop all, the last started first: each is gone before the one it depends on is asked to go.
     *
     * Returns when all are gone, also if another thread stops them.
     */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            while (!running.isEmpty()) {
                running.peek().stop();
                running.pop();
            }
        } catch (InterruptedException e) {
            running.forEach(child -> child.process().destroyForcibly());
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Child child) {
        // A stop holds the lock until all are gone: an end that it caused finds it closed.
        synchronized (this) {
            if (!closed && running.contains(child)) {
                failure.complete(child.unexpectedEnd());
            }
        }
    }

    private Path newLog(String name) throws IOException {
        Path log = logs.resolve(name + ".log");
        if (Files.exists(log)) {
            Files.move(log, logs.resolve(name + ".log.previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    // Both programs are of util-linux, which every Linux has; each replaces itself by the next, so that the process
    // started is the program itself.
    private static List<String> detached(List<String> command) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "TERM", "--"));
        detached.addAll(command);
        return detached;
    }
}
