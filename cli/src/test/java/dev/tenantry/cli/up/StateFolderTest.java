package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;

class StateFolderTest {

    @TempDir
    private Path folder;

    @Test
    void theDefaultFollowsTheDesktopsRules() {
        Path home = Path.of("/home/alice");

        assertThat(StateFolder.byDefault(Map.of(), home).path()).hasToString("/home/alice/.local/share/tenantry");
        assertThat(StateFolder.byDefault(Map.of("XDG_DATA_HOME", "/data"), home).path()).hasToString("/data/tenantry");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "");

        // Then
        assertThatThrownBy(() -> new StateFolder(file.resolve("data")).lock()).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--data");
    }

    @Test
    void aFolderIsFreeAgainWhenItsLockIsClosed() throws Exception {
        // Given
        StateFolder data = new StateFolder(folder.resolve("new"));
        data.lock().close();

        // When
        try (StateFolder.Lock again = data.lock()) {

            // Then
            assertThat(again).isNotNull();
        }
    }
}
