package dev.tenantry.cli.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import dev.tenantry.cli.terminal.CommandFailure;

/** The folder where all that must survive a stop is kept. */
public record StateFolder(Path path) {

    /** Return {@code ${XDG_DATA_HOME:-~/.local/share}/tenantry}. */
    static StateFolder byDefault(Map<String, String> environment, Path home) {
        String dataHome = environment.getOrDefault("XDG_DATA_HOME", "");
        Path parent = dataHome.isBlank() ? home.resolve(".local/share") : Path.of(dataHome);
        return new StateFolder(parent.resolve("tenantry"));
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    Path services() {
        return path.resolve("services");
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** Delete it with all that is in it. */
    void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            paths.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.deleteIfExists(each);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /**
     * Keep others off the folder until the returned lock is closed or this process ends.
     *
     * @throws CommandFailure if another process has it
     */
    Lock lock() {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(path.resolve("lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new CommandFailure(
                        "Tenantry already runs on %s; stop it, or choose another folder with --data".formatted(path));
            }
            return channel::close;
        } catch (IOException e) {
            throw new CommandFailure("%s can't be used: %s; choose another folder with --data".formatted(path, e), e);
        }
    }

    /** The right to use the folder. */
    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
