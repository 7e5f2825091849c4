package dev.tenantry.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A shell that stops a child process when this process ends, however it ends.
 *
 * <p>It reads from a pipe that only this process can write: even SIGKILL closes the pipe.
 */
final class ParentWatch implements AutoCloseable {

    private final Process shell;

    private ParentWatch(Process shell) {
        this.shell = shell;
    }

    /** Watch over a Postgres: SIGINT is its fast shutdown. */
    static ParentWatch over(ProcessHandle child) throws IOException {
        // Deaf to the signals of a terminal, which reach the whole process group: the stop stays orderly.
        return new ParentWatch(new ProcessBuilder("sh", "-c", "trap '' INT TERM HUP; read -r done || kill -INT \"$0\"",
                Long.toString(child.pid())).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Watch no longer. */
    @Override
    public void close() {
        try (var stdin = shell.getOutputStream()) {
            stdin.write('\n');
        } catch (IOException e) {
            if (shell.isAlive()) {
                throw new UncheckedIOException("cannot tell the watching shell to end", e);
            }
        }
    }
}
