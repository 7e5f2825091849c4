package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .sourceignore}, {@code spec.ignore} and the defaults leave of a tree. */
class IgnoreTest {

    @TempDir
    Path folder;

    private SnapshotFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new SnapshotFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void imagesAndBuildConfigurationAreLeftOutByDefault() throws IOException {
        // Given
        fixture.repository.file("app/a.yaml", "1")
                .file("app/photo.png", "2")
                .file(".gitignore", "3")
                .file(".github/workflows/ci.yaml", "4")
                .file("deep/er/.sops.yaml", "5")
                .file("release.tar.gz", "6");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("app/", "app/a.yaml", "deep/", "deep/er/");
    }

    @Test
    void rulesOfTheSpecReplaceTheDefaults() throws IOException {
        // Given
        fixture.repository.file("a.yaml", "1").file("photo.png", "2").file("notes.md", "3").file(".gitignore", "4");

        // When
        Snapshot snapshot = fixture.snapshot("# documentation\n*.md\n\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a.yaml", "photo.png");
    }

    @Test
    void rulesWithoutAPatternLeaveTheDefaults() throws IOException {
        // Given
        fixture.repository.file("a.yaml", "1").file("photo.png", "2");

        // When
        Snapshot snapshot = fixture.snapshot("# nothing yet\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a.yaml");
    }

    @Test
    void aFileOfRulesAnywhereReplacesTheDefaultsEverywhere() throws IOException {
        // Given
        fixture.repository.file("a/photo.png", "1")
                .file("b/c/.sourceignore", "secret\n")
                .file("b/c/secret", "2")
                .file("secret", "3");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a/", "a/photo.png", "b/", "b/c/",
                "b/c/.sourceignore",
                "secret");
    }

    @Test
    void aDeeperFileOverrulesAndTheSpecOverrulesAll() throws IOException {
        // Given
        fixture.repository.file(".sourceignore", "*.txt\n")
                .file("keep/.sourceignore", "!*.txt\n")
                .file("a.txt", "1")
                .file("keep/a.txt", "2")
                .file("keep/b.txt", "3");

        // When
        Snapshot snapshot = fixture.snapshot("/keep/b.txt\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly(".sourceignore", "keep/", "keep/.sourceignore",
                "keep/a.txt");
    }

    @Test
    void oneFolderIsKeptOutOfAMonorepo() throws IOException {
        // Given
        fixture.repository.file("deploy/app/a.yaml", "1").file("src/deploy/b.yaml", "2").file("README.md", "3");

        // When
        Snapshot snapshot = fixture.snapshot("/*\n!/deploy\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("deploy/", "deploy/app/", "deploy/app/a.yaml");
        assertThat(snapshot.entry("src")).isEmpty();
        assertThat(snapshot.entry("src/deploy/b.yaml")).isEmpty();
    }

    @Test
    void aFileInAnExcludedFolderCanBeIncludedAgain() throws IOException {
        // Given: git would not do this, Flux does
        fixture.repository.file("vendor/a.yaml", "1").file("vendor/deep/crd.yaml", "2").file("other/b.yaml", "3");

        // When
        Snapshot snapshot = fixture.snapshot("vendor/\n!crd.yaml\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("other/", "other/b.yaml", "vendor/", "vendor/deep/",
                "vendor/deep/crd.yaml");
    }

    @Test
    void aFileOfRulesInAnExcludedFolderCountsToo() throws IOException {
        // Given
        fixture.repository.file("vendor/.sourceignore", "!b.yaml\n")
                .file("vendor/a.yaml", "1")
                .file("vendor/b.yaml", "2")
                .file(".sourceignore", "/vendor\n");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly(".sourceignore", "vendor/", "vendor/b.yaml");
    }

    @Test
    void aFolderWhoseFilesAreAllLeftOutStays() throws IOException {
        // Given
        fixture.repository.file("docs/a.md", "1").file("a.yaml", "2");

        // When
        Snapshot snapshot = fixture.snapshot("*.md\n");

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a.yaml", "docs/");
    }

    @Test
    void aFileOfRulesWithoutEndIsRefused() throws IOException {
        // Given
        fixture.repository.file("a/.sourceignore", "x\n".repeat(200_000)).file("a/b", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThatThrownBy(() -> snapshot.read("a/b")).isInstanceOf(IOException.class)
                .hasMessage("a/.sourceignore exceeds the limit of 262144 bytes");
    }
}
