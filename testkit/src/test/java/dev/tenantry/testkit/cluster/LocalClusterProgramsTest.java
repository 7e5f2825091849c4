package dev.tenantry.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterProgramsTest {

    @TempDir
    private Path root;
    private Path module;

    @BeforeEach
    void layOutATree() throws IOException {
        module = Files.createDirectories(root.resolve("services/reconciler"));
        buildScript("echo \"/built/${1:-programs}\"");
    }

    @Test
    void theTreeIsFoundFromAnyFolderInIt() {
        assertThat(LocalClusterPrograms.home(Map.of(), module)).isEqualTo(root);
    }

    @Test
    void aNamedTreeIsNotSearched() {
        assertThat(LocalClusterPrograms.home(Map.of("TENANTRY_HOME", "/elsewhere"), module))
                .isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void programsAreBuiltUnlessAssetsAreGiven() {
        assertThat(LocalClusterPrograms.find(Map.of(), module))
                .isEqualTo(new LocalClusterPrograms(Path.of("/built/launcher"), Path.of("/built/programs")));
        assertThat(LocalClusterPrograms.find(Map.of("KUBEBUILDER_ASSETS", "/assets"), module))
                .isEqualTo(new LocalClusterPrograms(Path.of("/built/launcher"), Path.of("/assets")));
    }

    @Test
    void aFailedBuildIsNamed() throws IOException {
        // Given
        buildScript("exit 1");

        // Then
        assertThatThrownBy(() -> LocalClusterPrograms.find(Map.of(), module))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("local-cluster/build");
    }

    private void buildScript(String body) throws IOException {
        Path script = root.resolve("local-cluster/build");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }
}
