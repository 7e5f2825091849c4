package dev.tenantry.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of all that standalone keeps, locked while it runs: two brokers on one log would destroy it. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Create the folder if it is missing, and lock it.
     *
     * @throws InUseException if another process has it
     */
    static DataFolder open(Path path) throws IOException, InUseException {
        Files.createDirectories(path);
        FileChannel lock = FileChannel.open(path.resolve("standalone.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        // The kernel lets it go however this process ends.
        if (lock.tryLock() == null) {
            lock.close();
            throw new InUseException(path);
        }
        return new DataFolder(path.toRealPath(), lock);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Another process has the folder. */
    static final class InUseException extends Exception {

        private static final long serialVersionUID = 1L;

        InUseException(Path path) {
            super("Another Tenantry runs on " + path + ": stop it, or name another folder by tenantry.data");
        }
    }
}
