package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitEnvironmentTest {

    @TempDir
    private Path folder;

    @Test
    void jGitIsToldOfTheFileSystemsTimesInsteadOfMeasuringThem() {
        // Given
        GitEnvironment.prepare();

        // When
        var times = FS.FileStoreAttributes.get(folder);

        // Then: what it measures on its own is never so even.
        assertThat(times.getMinimalRacyInterval()).isEqualTo(Duration.ofMillis(50));
    }
}
