package dev.tenantry.testkit.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = Files.createFile(folder.resolve("quarkus-run.jar"));
    }

    @Test
    void olderJdkMakesAnArchiveAtTheEndOfTheFirstRun() {
        assertThat(cache("true").options(21)).contains("-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder.resolve("reconciler.jsa"));
    }

    @Test
    void archiveOfAnEarlierBuildIsRemoved() throws IOException {
        // Given
        Path archive = outdated("reconciler.jsa");

        // When
        cache("true").options(21);

        // Then
        assertThat(archive).doesNotExist();
    }

    @Test
    void runsBeforeThereIsARecordMakeEachTheirOwn() {
        // When
        List<String> one = cache("true").options(25);
        List<String> other = cache("true").options(25);

        // Then
        assertThat(one).contains("-XX:AOTMode=record");
        assertThat(one.get(1)).startsWith("-XX:AOTConfiguration=" + folder).isNotEqualTo(other.get(1));
    }

    @Test
    void cacheIsMadeOnceOfTheRecordOfARun() throws IOException {
        // Given
        Path record = Files.createFile(folder.resolve("reconciler-1.aotconf"));
        Path other = Files.createFile(folder.resolve("git-watcher-1.aotconf"));

        // When
        List<String> first = cache("sh", "-c", "touch " + folder.resolve("reconciler.aot.unfinished")).options(25);
        List<String> second = cache("false").options(25);

        // Then
        assertThat(first).contains("-XX:AOTCache=" + folder.resolve("reconciler.aot")).isEqualTo(second);
        assertThat(folder.resolve("reconciler.aot")).exists();
        assertThat(record).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void recordOfWhichNoCacheCanBeMadeIsForgotten() throws IOException {
        // Given
        Path record = Files.createFile(folder.resolve("reconciler-1.aotconf"));

        // When
        List<String> options = cache("false").options(25);

        // Then
        assertThat(options).contains("-XX:AOTMode=record");
        assertThat(record).doesNotExist();
    }

    @Test
    void recordAndCacheOfAnEarlierBuildAreOfNoUse() throws IOException {
        // Given
        Path record = outdated("reconciler-1.aotconf");
        Path cache = outdated("reconciler.aot");

        // When
        List<String> options = cache("true").options(25);

        // Then
        assertThat(options).contains("-XX:AOTMode=record");
        assertThat(List.of(record, cache)).noneMatch(Files::exists);
    }

    private StartCache cache(String... java) {
        return new StartCache(folder, "reconciler", jar, List.of(java));
    }

    private Path outdated(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        return file;
    }
}
