package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.ReferenceSelector;
import dev.tenantry.git.Remote;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.SourceId;
import dev.tenantry.git.StoreSettings;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

class GoneSourcesTest {

    private static final NamespacedName APPS = new NamespacedName("biology", "apps");
    private static final NamespacedName OTHER = new NamespacedName("biology", "other");

    @TempDir
    Path folder;

    private final TestSources sources = new TestSources();
    private GitServer server;
    private RepositoryStore store;
    private GoneSources gone;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        TestRepository repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n").commit("Add the app");
        store = RepositoryStore.open(StoreSettings.in(folder).withInsecureHttp(true));
        gone = new GoneSources(sources, store);
        for (NamespacedName source : new NamespacedName[]{APPS, OTHER}) {
            sources.put(TestSources.source(source, TestSources.spec(repository.url().toString(), null)));
            store.fetch(Remote.of(repository.url().toString()), Fetcher.id(source),
                    ReferenceSelector.of("main", null, null, null, null), Duration.ofSeconds(20));
        }
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void whatWasFetchedForADeletedObjectIsDroppedOnAReplicaThatDoesNotOwnIt() {
        // Given
        sources.release(sources.known(OTHER).orElseThrow());

        // When
        gone.forget();

        // Then
        assertThat(store.sources()).containsExactly(new SourceId("biology", "apps"));
    }

    @Test
    void whatTheWatchHasNotSeenYetStays() {
        // Given
        sources.unseen(OTHER);

        // When
        gone.forget();

        // Then
        assertThat(store.sources()).hasSize(2);
    }

    @Test
    void everythingStaysWhileTheApiServerDoesNotAnswer() {
        // Given
        sources.release(sources.known(OTHER).orElseThrow());
        sources.unreachable();

        // When
        gone.forget();

        // Then
        assertThat(store.sources()).hasSize(2);
    }
}
