package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a few hundred bytes of trees that name each other may cost. */
class GitBombTest {

    @TempDir
    Path folder;

    private SnapshotFixture fixture;

    private void open(StoreSettings settings) throws IOException {
        fixture = new SnapshotFixture(settings);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aTreeOfBillionsOfFilesIsNotPackedAndNothingOfItKept() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(8_000));
        Snapshot snapshot = fixture.snapshotOf(GitBomb.push(fixture.repository, 100, 4, ""), null);

        // When / Then
        assertThatThrownBy(() -> Tarball.measure(snapshot)).isInstanceOf(TooLargeException.class)
                .hasMessage("The tree has more than the limit of 8000 files and folders; "
                        + "those in a folder that spec.ignore leaves out as a whole do not count");
        assertThat(((TreeSnapshot) snapshot).kept()).isZero();
    }

    @Test
    void aTreeOfBillionsOfEmptyFoldersIsNotPackedEither() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(8_000));
        Snapshot snapshot = fixture.snapshotOf(GitBomb.pushFolders(fixture.repository, 100, 4), null);

        // When / Then
        assertThatThrownBy(() -> Tarball.measure(snapshot)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void billionsOfFoldersThatAreLeftOutDoNotHoldUpTheListOfChangedFiles() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(8_000));
        Snapshot snapshot = fixture.snapshotOf(GitBomb.pushFolders(fixture.repository, 100, 4), "/*\n");

        // When
        ChangedPaths changed = fixture.changedPaths(snapshot);

        // Then
        assertThat(Tarball.measure(snapshot).size()).isPositive();
        assertThat(changed).isEqualTo(new ChangedPaths(List.of(), true));
    }

    @Test
    void whatIsLeftOutDoesNotCount() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(3));
        fixture.repository.file("app/a", "1").file("src/a", "2").file("src/b", "3");

        // When
        Snapshot whole = fixture.snapshot();
        Snapshot part = fixture.snapshot("/src/");

        // Then
        assertThatThrownBy(() -> Tarball.measure(whole)).isInstanceOf(TooLargeException.class);
        assertThat(Tarball.measure(part).size()).isPositive();
    }

    @Test
    void aFileThatIsNamedManyTimesCountsEachTime() throws IOException {
        // Given
        open(StoreSettings.in(folder).withLimits(10_000, 10_000, 99_999));
        Snapshot snapshot = fixture.snapshotOf(GitBomb.push(fixture.repository, 10, 1, "x".repeat(1_000)), null);

        // When / Then
        assertThatThrownBy(() -> Tarball.measure(snapshot)).isInstanceOf(TooLargeException.class)
                .hasMessage("The files of the tree have more than the limit of 99999 bytes; "
                        + "leave some out by spec.ignore");
    }

    @Test
    void whoListsEverythingMakesASnapshotKeepNoMoreThanItMay() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(8_000));
        Snapshot snapshot = fixture.snapshotOf(GitBomb.push(fixture.repository, 100, 4, ""), null);

        // When
        long listed = list(snapshot, "", 16_000);

        // Then
        assertThat(listed).isGreaterThanOrEqualTo(16_000);
        assertThat(((TreeSnapshot) snapshot).kept()).isBetween(1L, 10_000L);
    }

    @Test
    void snapshotsThatKeepTooMuchTogetherLoseWhatTheEldestKept() throws IOException {
        // Given
        open(StoreSettings.in(folder).withMaxEntries(8_000));
        String commit = GitBomb.push(fixture.repository, 100, 4, "");
        List<TreeSnapshot> snapshots = new ArrayList<>();
        for (String rules : List.of("a", "b", "c")) {
            snapshots.add((TreeSnapshot) fixture.snapshotOf(commit, rules));
            list(snapshots.getLast(), "", 8_000);
        }

        // When
        fixture.snapshotOf(commit, "d");

        // Then
        assertThat(snapshots.get(0).kept()).isZero();
        assertThat(snapshots.get(1).kept()).isGreaterThanOrEqualTo(8_000);
        assertThat(snapshots.get(2).kept()).isGreaterThanOrEqualTo(8_000);
    }

    private static long list(Snapshot snapshot, String folder, long atLeast) throws IOException {
        long listed = 0;
        for (Snapshot.Entry entry : snapshot.list(folder)) {
            listed++;
            if (entry instanceof Snapshot.Entry.Folder && listed < atLeast) {
                listed += list(snapshot, entry.path(), atLeast - listed);
            }
        }
        return listed;
    }
}
