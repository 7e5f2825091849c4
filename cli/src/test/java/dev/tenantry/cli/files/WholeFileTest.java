package dev.tenantry.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;
    private Path file;

    /** What was forced to the disk, and what the file held then. */
    private record Forced(Path in, String text, String held) {}

    @BeforeEach
    void aFileThatIsThere() throws IOException {
        file = Files.writeString(folder.resolve("keys.age"), "before");
    }

    @Test
    void theTextIsOnTheDiskBeforeItsNameAndThenTheNameIs() throws IOException {
        // Given
        List<Forced> forced = new ArrayList<>();
        WholeFile.Disk disk = path -> forced.add(new Forced(
                path.getParent(), Files.isDirectory(path) ? "" : Files.readString(path), Files.readString(file)));

        // When
        WholeFile.writePrivate(file, "after", disk);

        // Then
        assertThat(forced).containsExactly(
                new Forced(folder, "after", "before"), new Forced(folder.getParent(), "", "after"));
    }

    @Test
    void whatDoesNotReachTheDiskReplacesNothing() throws IOException {
        // Given
        WholeFile.Disk disk = path -> {
            throw new IOException("No space left on device");
        };

        // When
        assertThatThrownBy(() -> WholeFile.writePrivate(file, "after", disk)).hasMessage("No space left on device");

        // Then
        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void aNameThatDoesNotReachTheDiskIsAFailure() {
        // Given
        WholeFile.Disk disk = path -> {
            if (path.equals(folder)) {
                throw new IOException("Input/output error");
            }
        };

        // When
        assertThatThrownBy(() -> WholeFile.writePrivate(file, "after", disk)).hasMessage("Input/output error");

        // Then
        assertThat(file).hasContent("after");
    }

    @Test
    void whatIsPrivateIsItsOwnersAlone() throws IOException {
        // When
        WholeFile.writePrivate(file, "after");

        // Then
        assertThat(file).hasContent("after");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whoMayReadAFileThatIsReplacedStaysTheSame() throws IOException {
        // Given
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));

        // When
        WholeFile.replace(file, "after");

        // Then
        assertThat(file).hasContent("after");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("r--r-----"));
    }
}
