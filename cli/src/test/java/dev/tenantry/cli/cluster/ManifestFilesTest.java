package dev.tenantry.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;

class ManifestFilesTest {

    @TempDir
    private Path folder;

    @Test
    void everyDocumentOfEveryFileBelowAFolderIsRead() throws IOException {
        // Given
        write("apps/two.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one}
                ---
                apiVersion: example.org/v1
                kind: Unknown
                metadata: {name: two}
                """);
        write("three.json", """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "three"}}
                """);
        write("README.md", "no manifest");

        // Then
        assertThat(ManifestFiles.read(List.of(folder)).size()).isEqualTo(3);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.yaml");

        assertThatThrownBy(() -> ManifestFiles.read(List.of(missing))).isInstanceOf(CommandFailure.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aFileThatIsNoManifestIsNamed() throws IOException {
        Path file = write("broken.yaml", "just: a map");

        assertThatThrownBy(() -> ManifestFiles.read(List.of(file))).isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file.toString());
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
