package dev.tenantry.testkit.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltApplicationTest {

    @TempDir
    private Path folder;

    @Test
    void runsTheJarByTheOptionsOfAllWithTheArchiveBesideIt() throws IOException {
        // Given
        Path jar = build();

        // When
        List<String> command = new BuiltApplication(folder.resolve("reconciler")).command("256m", List.of("-Da=b"));

        // Then
        assertThat(command).contains("-Xmx256m",
                "-XX:SharedArchiveFile=" + folder.resolve("reconciler/target/reconciler.jsa"));
        assertThat(command.get(1)).startsWith("@").endsWith("services/jvm.options");
        assertThat(Path.of(command.get(1).substring(1))).isReadable();
        assertThat(command).endsWith("-Da=b", "-jar", jar.toString());
    }

    @Test
    void archiveOfAnEarlierBuildIsRemoved() throws IOException {
        // Given
        Path archive = folder.resolve("reconciler/target/reconciler.jsa");
        Path jar = build();
        Files.createFile(archive);
        Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));

        // When
        new BuiltApplication(folder.resolve("reconciler")).command("256m", List.of());

        // Then
        assertThat(archive).doesNotExist();
        assertThat(jar).exists();
    }

    @Test
    void tellsHowToBuildWhatIsMissing() {
        assertThatThrownBy(() -> new BuiltApplication(folder).command("256m", List.of()))
                .hasMessageContaining("quarkus-run.jar is not built; start by ./tenantry");
    }

    private Path build() throws IOException {
        Path jar = folder.resolve("reconciler/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        return Files.createFile(jar);
    }
}
