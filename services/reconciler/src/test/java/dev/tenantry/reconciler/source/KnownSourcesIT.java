package dev.tenantry.reconciler.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.ContentClient;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

class KnownSourcesIT {

    /** The server knows its repositories by names with this ending. */
    private static final NamespacedName SOURCE = new NamespacedName("team", "apps.git");

    @TempDir
    Path folder;

    private GitServer server;
    private TestRepository repository;
    private ContentClient contents;
    private KnownSources sources;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("git-watcher/git/team/apps");
        contents = ContentClient.open(ContentClient.Settings.in(folder, () -> "token"));
        sources = new KnownSources(contents, server.url(), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        contents.close();
        server.close();
    }

    @Test
    void filesThatWereEvictedAreFetchedAgain() throws Exception {
        // Given
        SourceRevision revision = observe("1", repository.file("a", "one").commit("one"));
        open(revision);
        contents.maintenance(Duration.ZERO, 0);
        assertThat(contents.sizeInBytes()).isZero();

        // When
        SourceTree tree = open(revision);

        // Then
        assertThat(new String(tree.read("a"), UTF_8)).isEqualTo("one");
    }

    @Test
    void aTreeKnowsWhatChangedSinceTheOneBefore() throws Exception {
        // Given
        SourceRevision first = observe("1", repository.file("a", "one").file("b", "one").commit("one"));
        open(first);
        SourceRevision second = observe("2", repository.file("a", "two").commit("two"));

        // When
        SourceTree tree = open(second);

        // Then
        assertThat(tree.changedSince(first.revision()).orElseThrow()).contains("a").doesNotContain("b");
        assertThat(open(second)).isSameAs(tree);
    }

    @Test
    void theFilesOfASourceThatIsGoneAreDeleted() {
        // Given
        open(observe("1", repository.file("a", "one").commit("one")));

        // When
        sources.gone(SOURCE);
        contents.maintenance(Duration.ZERO, Long.MAX_VALUE);

        // Then
        assertThat(contents.sizeInBytes()).isZero();
        assertThat(sources.resolve(SOURCE)).isInstanceOf(Resolution.NotFound.class);
    }

    @Test
    void onlyAddressesOfTheServiceAreAskedBeforeIt() {
        // Given
        SourceRevision revision = observe("1", repository.file("a", "one").commit("one"));
        try (GitServer stranger = GitServer.start()) {
            String port = ":" + stranger.url().getPort();

            // When
            sources.servedBy(SOURCE, URI.create("http://localhost" + port));
            open(revision);

            // Then
            assertThat(stranger.counts().advertisements()).isZero();
        }
    }

    private SourceRevision observe(String resourceVersion, String commit) {
        sources.seen(new KnownSources.State(SOURCE, "uid", resourceVersion, "main@sha1:" + commit, null));
        return ((Resolution.Found) sources.resolve(SOURCE)).revision();
    }

    private SourceTree open(SourceRevision revision) {
        return ((Content.Available) sources.open(revision)).tree();
    }
}
