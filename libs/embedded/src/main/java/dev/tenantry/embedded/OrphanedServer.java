package dev.tenantry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Postgres that outlived the process which had started it, found by its {@code postmaster.pid}. */
final class OrphanedServer {

    private static final long PATIENCE_SECONDS = 10;

    private OrphanedServer() {}

    /** Read the server's process id; empty if it does not run. */
    static Optional<ProcessHandle> pid(Path cluster) throws IOException {
        try {
            String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().trim();
            // The file outlives a crash, and its number may be another process by now.
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Stop it, if it runs: as a fast shutdown, or by force after 10 s. */
    static void stop(Path cluster) throws IOException {
        Optional<ProcessHandle> found = pid(cluster);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle process = found.get();
        // SIGINT is Postgres' fast shutdown; ProcessHandle.destroy() would send SIGTERM, which waits for all clients.
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            // Until it is gone, another refuses to start on its folder.
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for the Postgres of process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the Postgres of process " + process.pid(), e);
        }
    }
}
