package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.CommandFailure;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void theDefaultFollowsTheDesktopsRules() {
        Path home = Path.of("/home/alice");

        assertThat(DataFolder.byDefault(Map.of(), home).path()).hasToString("/home/alice/.local/share/tenantry");
        assertThat(DataFolder.byDefault(Map.of("XDG_DATA_HOME", "/data"), home).path()).hasToString("/data/tenantry");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "");

        // Then
        assertThatThrownBy(() -> new DataFolder(file.resolve("data")).lock()).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--data");
    }

    @Test
    void aFolderIsFreeAgainWhenItsLockIsClosed() throws Exception {
        // Given
        DataFolder data = new DataFolder(folder.resolve("new"));
        data.lock().close();

        // When
        try (DataFolder.Lock again = data.lock()) {

            // Then
            assertThat(again).isNotNull();
        }
    }
}
