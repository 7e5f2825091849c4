package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.git.Snapshot.Entry;

class SnapshotTest {

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
    void filesAndFoldersAreListedByName() throws IOException {
        // Given: git itself would sort "a" behind "a.b"
        fixture.repository.file("a/x.yaml", "1").file("a.b", "2").executable("run.sh", "3");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a/", "a/x.yaml", "a.b", "run.sh");
        assertThat(snapshot.entry("run.sh"))
                .hasValueSatisfying(entry -> assertThat(((Entry.File) entry).executable()).isTrue());
        assertThat(snapshot.entry("a.b"))
                .hasValueSatisfying(entry -> assertThat(((Entry.File) entry).executable()).isFalse());
        assertThat(snapshot.entry("a")).hasValueSatisfying(entry -> assertThat(entry).isInstanceOf(Entry.Folder.class));
    }

    @Test
    void linksAndSubmodulesAreLeftOut() throws IOException {
        // Given
        fixture.repository.file("a.yaml", "1")
                .symlink("link", "a.yaml")
                .symlink("out", "/etc/passwd")
                .symlink("loop", "loop")
                .symlink("folder", "..")
                .submodule("module", "1".repeat(40));

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(SnapshotFixture.paths(snapshot)).containsExactly("a.yaml");
        assertThat(snapshot.entry("link")).isEmpty();
        assertThat(snapshot.entry("folder/a.yaml")).isEmpty();
        assertThatThrownBy(() -> snapshot.read("out")).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @CsvSource({"a/x, a/x", "./a/x, a/x", "/a/x, a/x", "a//x, a/x", "a/./x, a/x", "b/../a/x, a/x", "a/x/, a/x",
            "a/, a"})
    void pathsAreResolvedInside(String asked, String meant) throws IOException {
        // Given
        fixture.repository.file("a/x", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(snapshot.entry(asked)).map(Entry::path).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "a/../../a/x", "a/x/y", "none", "a/none"})
    void thereIsNothingOutside(String asked) throws IOException {
        // Given
        fixture.repository.file("a/x", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(snapshot.entry(asked)).isEmpty();
        assertThat(snapshot.list(asked)).isEmpty();
    }

    @Test
    void theRootIsAFolder() throws IOException {
        // Given
        fixture.repository.file("a", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(snapshot.entry("")).contains(new Entry.Folder("", snapshot.treeId()));
        assertThat(snapshot.entry(".")).contains(new Entry.Folder("", snapshot.treeId()));
    }

    @Test
    void contentIsReadWholeOrInPieces() throws IOException {
        // Given
        fixture.repository.file("a", "grüße\n").randomFile("large", 9_000_000);

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(new String(snapshot.read("a"), StandardCharsets.UTF_8)).isEqualTo("grüße\n");
        assertThat(snapshot.size("large")).isEqualTo(9_000_000);
        try (InputStream in = snapshot.open("large")) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(9_000_000);
        }
    }

    @Test
    void equalContentHasEqualIds() throws IOException {
        // Given
        fixture.repository.file("a/x", "1").file("b/x", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(((Entry.Folder) snapshot.entry("a").orElseThrow()).treeId())
                .isEqualTo(((Entry.Folder) snapshot.entry("b").orElseThrow()).treeId());
    }

    @Test
    void aDefaultExclusionIsDecidedWithoutReadingTheWholeTreeWhereNothingMatchesIt() throws IOException {
        // Given
        for (int i = 0; i < 5_000; i++) {
            fixture.repository.file("app-%04d/deployment.yaml".formatted(i), "replicas: " + i);
        }
        Snapshot snapshot = fixture.snapshot();

        // When
        long start = System.nanoTime();
        byte[] content = snapshot.read("app-4711/deployment.yaml");

        // Then
        assertThat(content).asString().isEqualTo("replicas: 4711");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void changedPathsAreThoseWhoseAnswersMayDiffer() throws IOException {
        // Given
        fixture.repository.file("a/b/same", "1")
                .file("a/b/changed", "1")
                .file("c/gone", "1")
                .file("d", "1")
                .file("e/x", "1");
        Snapshot earlier = fixture.snapshot();
        fixture.repository.file("a/b/changed", "2")
                .delete("c/gone")
                .file("c/f/g/added", "1")
                .delete("d")
                .file("d/now a folder", "1");

        // When
        Snapshot snapshot = fixture.snapshot();

        // Then
        assertThat(snapshot.changedSince(earlier)).hasValueSatisfying(paths -> assertThat(paths)
                .containsExactlyInAnyOrder("", "a/b/changed", "c", "c/gone", "c/f", "c/f/g", "c/f/g/added", "d",
                        "d/now a folder"));
        assertThat(snapshot.changedSince(snapshot)).contains(Set.of());
    }

    @Test
    void whatHasChangedIsNotKnownWhereOtherPatternsApply() throws IOException {
        // Given
        fixture.repository.file("a/x", "1");
        Snapshot earlier = fixture.snapshot();

        // When
        Snapshot withOtherRules = fixture.snapshot("b/");
        fixture.repository.file("a/.sourceignore", "x");
        Snapshot withAFileOfPatterns = fixture.snapshot();

        // Then
        assertThat(withOtherRules.changedSince(earlier)).isEmpty();
        assertThat(withAFileOfPatterns.changedSince(earlier)).isEmpty();
    }
}
