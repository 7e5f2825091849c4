package dev.tenantry.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.tenantry.cli.terminal.CommandFailure;

/** A running child process and the log of all that it says. */
public final class Child {

    private static final int TAIL = 4096;

    private final ChildCommand command;
    private final Process process;
    private final Path log;

    Child(ChildCommand command, Process process, Path log) {
        this.command = command;
        this.process = process;
        this.log = log;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Wait for a line that starts so, which says that it is ready, and return the rest of that line.
     *
     * @throws CommandFailure if it ends before, or does not say so in time
     */
    public String awaitLine(String start, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> line = findLine(start);
            if (line.isPresent()) {
                return line.get().substring(start.length());
            }
            if (!isAlive()) {
                throw unexpectedEnd();
            }
            Thread.sleep(50);
        }
        throw new CommandFailure("%s is not ready after %d s; see %s".formatted(
                command.name(), timeout.toSeconds(), log));
    }

    Process process() {
        return process;
    }

    /** Describe the end that nobody asked for, with the last line of the log, which most often says why. */
    public CommandFailure unexpectedEnd() {
        String lastWords = lastLine();
        return new CommandFailure("%s ended unexpectedly (exit %d)%s; see %s".formatted(
                command.name(), process.exitValue(), lastWords.isEmpty() ? "" : ": " + lastWords, log));
    }

    /** Ask it to end, and kill it when its patience is over. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(command.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private Optional<String> findLine(String start) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(start)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastLine() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(tail);
            // Not what is indented: of a stack trace, the last cause says most.
            return new String(tail, UTF_8).lines()
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce("", (before, line) -> line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
