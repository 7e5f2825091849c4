package dev.tenantry.workers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;

/** One worker process, which does one job at a time. */
final class Worker implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXIT_MEMORY = 70;
    private static final int LAST_WORDS = 4096;
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final LastWords lastWords;
    private final String version;

    private Worker(Process process) throws IOException {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        this.lastWords = LastWords.follow(process.getErrorStream());
        Frame hello = Frame.read(in);
        if (hello.type() != Frame.HELLO) {
            throw new IOException("A worker began with a frame of type " + (char) hello.type());
        }
        this.version = JSON.readTree(hello.payload()).path("version").asText();
    }

    /**
     * Start a process and wait until it is ready.
     *
     * @throws IOException when the binary cannot run
     */
    static Worker start(Path binary, long memoryBytes, ScheduledExecutorService timer) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(binary.toString(), "-memory=" + memoryBytes));
        // A worker needs nothing of this process's environment, which may hold credentials.
        builder.environment().clear();
        Process process = builder.start();
        ScheduledFuture<?> alarm = timer.schedule(process::destroyForcibly, START.toSeconds(), TimeUnit.SECONDS);
        try {
            return new Worker(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("The worker " + binary + " does not start", e);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Name the engines: the same job and version give the same output. */
    String version() {
        return version;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Do a job; after any reply but {@link Reply.Answered} the worker is gone. */
    Reply run(byte[] job, Respondent respondent, Duration time, ScheduledExecutorService timer) {
        Deadline deadline = new Deadline(process);
        ScheduledFuture<?> alarm = timer.schedule(deadline, time.toNanos(), TimeUnit.NANOSECONDS);
        try {
            new Frame(Frame.JOB, job).write(out);
            while (true) {
                Frame frame = Frame.read(in);
                if (frame.type() == Frame.OUTPUT || frame.type() == Frame.FAILURE) {
                    return new Reply.Answered(frame);
                }
                Optional<Frame> answer = respondent.respond(frame);
                if (answer.isPresent()) {
                    answer.get().write(out);
                }
            }
        } catch (IOException e) {
            return obituary(deadline, e);
        } finally {
            alarm.cancel(false);
        }
    }

    private Reply obituary(Deadline deadline, IOException cause) {
        int exitCode = waitForExit();
        if (deadline.passed()) {
            return new Reply.TimedOut();
        }
        if (exitCode == EXIT_MEMORY) {
            return new Reply.OutOfMemory();
        }
        String words = lastWords.text();
        return new Reply.Crashed(exitCode, words.isEmpty() ? String.valueOf(cause.getMessage()) : words);
    }

    /** Wait for the end of a process whose streams have ended; one that lingers is killed. */
    private int waitForExit() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                        process.destroyForcibly();
                        process.waitFor();
                    }
                    return process.exitValue();
                } catch (InterruptedException e) {
                    process.destroyForcibly();
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Kills the process when time is up, and remembers that it did. */
    private static final class Deadline implements Runnable {

        private final Process process;
        private volatile boolean passed;

        Deadline(Process process) {
            this.process = process;
        }

        boolean passed() {
            return passed;
        }

        @Override
        public void run() {
            passed = true;
            process.destroyForcibly();
        }
    }

    /** Reads stderr, so that the worker never waits for its reader, and keeps the end. */
    private static final class LastWords implements Runnable {

        private final InputStream stderr;
        private final StringBuilder text = new StringBuilder();

        private LastWords(InputStream stderr) {
            this.stderr = stderr;
        }

        static LastWords follow(InputStream stderr) {
            LastWords words = new LastWords(stderr);
            Thread.ofVirtual().name("worker-stderr").start(words);
            return words;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[LAST_WORDS];
            try {
                for (int read = stderr.read(buffer); read >= 0; read = stderr.read(buffer)) {
                    append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                append("[" + e.getMessage() + "]");
            }
        }

        private synchronized void append(String more) {
            text.append(more);
            if (text.length() > LAST_WORDS) {
                text.delete(0, text.length() - LAST_WORDS);
            }
        }

        synchronized String text() {
            return text.toString().strip();
        }
    }
}
