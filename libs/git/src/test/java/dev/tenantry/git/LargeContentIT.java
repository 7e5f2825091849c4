package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** What teams put into git all the same. */
class LargeContentIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final long MIB = 1024L * 1024;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aBlobOfAHundredMebibytesIsFetchedAndReadInPieces() throws Exception {
        try (GitServer server = GitServer.start();
                RepositoryStore store = RepositoryStore.open(StoreSettings.in(folder).withInsecureHttp(true))) {
            // Given
            TestRepository repository = server.repository("apps");
            CommitId commit = new CommitId(repository.randomFile("model.bin", 100 * MIB).file("a", "1").commit("one"));

            // When
            FetchResult result = store.fetch(Remote.of(repository.url().toString()), SOURCE, new Branch("main"),
                    TIMEOUT);

            // Then
            assertThat(result).isInstanceOf(Fetched.class);
            Snapshot snapshot = store.snapshot(SOURCE, commit, IgnoreRules.notGiven()).orElseThrow();
            assertThat(snapshot.size("model.bin")).isEqualTo(100 * MIB);
            try (InputStream in = snapshot.open("model.bin")) {
                assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(100 * MIB);
            }
        }
    }

    @Test
    void aFileBeyondTheLimitIsNotReadIntoMemory() throws Exception {
        try (GitServer server = GitServer.start()) {
            // Given: fetched while the limit was higher
            TestRepository repository = server.repository("apps");
            CommitId commit = new CommitId(repository.randomFile("model.bin", 2 * MIB).commit("one"));
            StoreSettings generous = StoreSettings.in(folder).withInsecureHttp(true);
            try (RepositoryStore store = RepositoryStore.open(generous)) {
                store.fetch(Remote.of(repository.url().toString()), SOURCE, new Branch("main"), TIMEOUT);
            }

            // When
            try (RepositoryStore store = RepositoryStore.open(generous.withLimits(8 * MIB, MIB, 8 * MIB))) {
                Snapshot snapshot = store.snapshot(SOURCE, commit, IgnoreRules.notGiven()).orElseThrow();

                // Then
                assertThatThrownBy(() -> snapshot.read("model.bin")).isInstanceOf(IOException.class)
                        .hasMessage("A file of 2097152 bytes exceeds the limit of 1048576 bytes");
            }
        }
    }
}
