package dev.tenantry.cli.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file whole: whoever reads it sees what was there before or all that is new, also after a crash.
 *
 * <p>What returned is on the disk and outlives a power cut. After a failure there is the one or the other, whole.
 */
public final class WholeFile {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /** What brings to the disk itself all that was written to a file, or the names in a folder. */
    interface Disk {
        void force(Path path) throws IOException;
    }

    private WholeFile() {}

    /**
     * Write what nobody but the file's owner may read; from the first byte on nobody else can.
     *
     * @throws IOException when it could not be written, or could not be brought to the disk
     */
    public static void writePrivate(Path file, String text) throws IOException {
        writePrivate(file, text, WholeFile::force);
    }

    static void writePrivate(Path file, String text, Disk disk) throws IOException {
        write(file, text, OWNER, disk);
    }

    /**
     * Write another text into a file that is there; who may read it stays the same.
     *
     * @throws IOException when it could not be written, or could not be brought to the disk
     */
    public static void replace(Path file, String text) throws IOException {
        Path target = file.toRealPath();
        write(target, text, isPosix(target) ? Files.getPosixFilePermissions(target) : OWNER,
                WholeFile::force);
    }

    private static void write(Path file, String text, Set<PosixFilePermission> permissions, Disk disk)
            throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // Made for the owner alone, which createTempFile sees to.
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            if (isPosix(temporary)) {
                Files.setPosixFilePermissions(temporary, permissions);
            }
            // Else the new name may reach the disk before the text does, and a power cut leaves an empty file.
            disk.force(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            disk.force(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isPosix(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && file.getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix");
    }
}
