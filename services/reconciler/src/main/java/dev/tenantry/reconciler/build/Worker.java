package dev.tenantry.reconciler.build;

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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;

/** One worker process, which does one build at a time. */
final class Worker implements AutoCloseable {

    /** How a worker ended a build. */
    sealed interface Reply {}

    /** The worker built, or said why it could not. */
    record Answered(Frame frame) implements Reply {

        private static final int RETIRE = 1;

        boolean retire() {
            return (frame.payload()[0] & RETIRE) != 0;
        }

        boolean failed() {
            return frame.type() == Frame.FAILURE;
        }

        /** Give the payload after the flags. */
        byte[] body() {
            byte[] payload = frame.payload();
            byte[] body = new byte[payload.length - 1];
            System.arraycopy(payload, 1, body, 0, body.length);
            return body;
        }
    }

    /** The worker was killed since the build took too long. */
    record TimedOut() implements Reply {}

    /** The worker ended itself since the build took too much memory. */
    record OutOfMemory() implements Reply {}

    /**
     * The worker died.
     *
     * @param lastWords the end of what it wrote to stderr
     */
    record Crashed(int exitCode, String lastWords) implements Reply {}

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

    /** Give what renders: the same inputs and version give the same objects. */
    String version() {
        return version;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Build, answering the worker's questions; after any reply but {@link Answered} the worker is gone. */
    Reply build(byte[] request, Answers answers, Duration time, ScheduledExecutorService timer) {
        Deadline deadline = new Deadline(process);
        ScheduledFuture<?> alarm = timer.schedule(deadline, time.toNanos(), TimeUnit.NANOSECONDS);
        try {
            new Frame(Frame.BUILD, request).write(out);
            while (true) {
                Frame frame = Frame.read(in);
                switch (frame.type()) {
                    case Frame.STAT, Frame.READ, Frame.LIST -> answers.answer(frame).write(out);
                    case Frame.WARNING -> answers.warn(frame);
                    case Frame.OUTPUT, Frame.FAILURE -> {
                        return new Answered(frame);
                    }
                    default -> throw new IOException("A worker sent a frame of type " + (char) frame.type());
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
            return new TimedOut();
        }
        if (exitCode == EXIT_MEMORY) {
            return new OutOfMemory();
        }
        String words = lastWords.text();
        return new Crashed(exitCode, words.isEmpty() ? String.valueOf(cause.getMessage()) : words);
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
            Thread.ofVirtual().name("kustomize-worker-stderr").start(words);
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
