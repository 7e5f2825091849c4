package dev.tenantry.git;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bound an exchange as a whole: at its end all sockets are closed, which no read, write or handshake outlives. Time-outs
 * of single reads would let a server that sends a byte now and then go on for ever.
 */
final class Deadline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);
    private static final ScheduledExecutorService CLOCK = clock();

    private final long endNanos;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> end;
    private volatile boolean passed;

    private Deadline(Duration timeout) {
        this.endNanos = System.nanoTime() + timeout.toNanos();
        this.end = CLOCK.schedule(this::pass, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    static Deadline in(Duration timeout) {
        return new Deadline(timeout);
    }

    private static ScheduledExecutorService clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().name("git-deadlines").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
        return Executors.unconfigurableScheduledExecutorService(clock);
    }

    boolean hasPassed() {
        return passed || System.nanoTime() - endNanos >= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Close the socket when the time is over. */
    Socket watch(Socket socket) {
        sockets.add(socket);
        if (passed) {
            close(socket);
        }
        return socket;
    }

    private void pass() {
        passed = true;
        sockets.forEach(Deadline::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            LOG.debug("Closing a socket at a deadline", closedAnyway);
        }
    }

    @Override
    public void close() {
        end.cancel(false);
        sockets.forEach(Deadline::close);
        sockets.clear();
    }
}
