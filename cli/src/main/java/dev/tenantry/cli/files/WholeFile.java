package dev.tenantry.cli.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file whole: whoever reads it sees what was there before or all that is new, also after a crash. */
public final class WholeFile {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private WholeFile() {}

    /** Write what nobody but the file's owner may read; from the first byte on nobody else can. */
    public static void writePrivate(Path file, String text) throws IOException {
        write(file, text, OWNER);
    }

    /** Write another text into a file that is there; who may read it stays the same. */
    public static void replace(Path file, String text) throws IOException {
        Path target = file.toRealPath();
        write(target, text, isPosix(target) ? Files.getPosixFilePermissions(target) : OWNER);
    }

    private static void write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // Made for the owner alone, which createTempFile sees to.
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            if (isPosix(temporary)) {
                Files.setPosixFilePermissions(temporary, permissions);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean isPosix(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && file.getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix");
    }
}
