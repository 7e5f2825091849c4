package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.StoreSettings;
import dev.tenantry.gitwatcher.artifact.Archives;
import dev.tenantry.gitwatcher.artifact.ArtifactUrls;
import dev.tenantry.gitwatcher.artifact.SigningKey;
import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Next;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.poll.Work;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.repository.Source.Lifecycle;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;
import dev.tenantry.testkit.git.GitFault;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import dev.tenantry.testkit.time.MovableClock;
import io.opentelemetry.api.OpenTelemetry;

class SourceLookTest {

    private static final NamespacedName APPS = new NamespacedName("biology", "apps");
    private static final Next AFTER_A_MINUTE = new Next.AfterInterval(Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final TestSources sources = new TestSources();
    private final Map<String, Map<String, byte[]>> secrets = new HashMap<>();
    private final List<Observation> observations = new ArrayList<>();
    private GitServer server;
    private TestRepository repository;
    private boolean addressesAreRefused;
    private RepositoryStore store;
    private SourceLook look;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n").commit("Add the app");
        store = RepositoryStore.open(StoreSettings.in(folder)
                .withInsecureHttp(true)
                .withAddresses((host, address) -> !addressesAreRefused)
                .withMaxEntries(3));
        look = new SourceLook(
                sources,
                new SourceLook.Content(
                        new Fetcher(store,
                                (namespace, name) -> Optional.ofNullable(secrets.get(namespace + "/" + name))),
                        new Archives(store),
                        new ArtifactUrls(SigningKey.of("k".repeat(32)), URI.create("http://localhost:8080"))),
                List.of(observations::add),
                OpenTelemetry.noop().getTracer("test"),
                clock);
        sources.put(TestSources.source(APPS, TestSources.spec(repository.url().toString(), null)));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void aFirstRevisionIsWrittenAndTold() {
        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(AFTER_A_MINUTE);
        assertThat(status().artifact().revision()).isEqualTo("main@sha1:" + repository.head("main"));
        assertThat(status().artifact().url())
                .startsWith("http://localhost:8080/git-watcher/artifacts/")
                .endsWith("/gitrepository/biology/apps/" + repository.head("main") + ".tar.gz");
        assertThat(observations).singleElement().matches(Observation::isNews);
    }

    @Test
    void aLookThatFindsNothingNewWritesNothing() {
        // Given
        look();
        int writes = sources.writes();
        clock.forward(Duration.ofMinutes(1));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(AFTER_A_MINUTE);
        assertThat(sources.writes()).isEqualTo(writes);
        assertThat(observations.getLast().isNews()).isFalse();
    }

    @Test
    void aCommitThatChangesNoFileIsANewRevisionOfTheSameContent() {
        // Given
        look();
        String digest = status().artifact().digest();
        repository.commit("Say something");

        // When
        look();

        // Then
        assertThat(status().artifact().digest()).isEqualTo(digest);
        assertThat(status().artifact().revision()).isEqualTo("main@sha1:" + repository.head("main"));
    }

    @Test
    void aRevisionOfTooManyFilesIsRefusedAndTheOneBeforeStays() {
        // Given
        look();
        String before = status().artifact().revision();
        repository.file("b", "1").file("c", "2").file("d", "3").commit("Add many files");

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.Retry());
        assertThat(outcome()).isEqualTo(new Outcome.Failed("GitOperationFailed", "refused revision 'main@sha1:"
                + repository.head("main") + "': The tree has more than the limit of 3 files and folders; "
                + "those in a folder that spec.ignore leaves out as a whole do not count"));
        assertThat(status().artifact().revision()).isEqualTo(before);
        look();
        assertThat(status().conditions()).filteredOn(condition -> condition.type().equals("Ready"))
                .singleElement()
                .satisfies(ready -> assertThat(ready.message()).startsWith("refused revision"));
    }

    @Test
    void aMissingSecretIsRetried() {
        // Given
        sources.put(TestSources.source(APPS, TestSources.spec(repository.url().toString(), "login")));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.Retry());
        assertThat(outcome()).isEqualTo(
                new Outcome.Failed("AuthenticationFailed", "failed to get secret 'biology/login': not found"));
    }

    @Test
    void anIncompleteSecretIsNamedByItsKeysAndNotItsValues() {
        // Given
        secrets.put("biology/login", Map.of("username", "robot".getBytes(StandardCharsets.UTF_8)));
        sources.put(TestSources.source(APPS, TestSources.spec(repository.url().toString(), "login")));

        // When
        look();

        // Then
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.message())
                .contains("'username' and 'password' are only valid together")
                .doesNotContain("robot"));
    }

    @Test
    void aUrlOfAnotherProtocolStalls() {
        // Given
        sources.put(TestSources.source(APPS, TestSources.spec("ssh://git@git.example.org/apps", null)));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.OnChange());
        assertThat(outcome()).isInstanceOfSatisfying(
                Outcome.Stalled.class, stalled -> assertThat(stalled.message()).contains("ssh://"));
    }

    @Test
    void aNameThatMeansARefusedAddressIsLookedAtAgainAfterTheInterval() {
        // Given
        addressesAreRefused = true;

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(AFTER_A_MINUTE);
        assertThat(outcome()).isEqualTo(new Outcome.Failed("URLInvalid",
                "Connections to the address of localhost are not allowed here"));
        addressesAreRefused = false;
        look();
        assertThat(outcome()).isInstanceOf(Outcome.Ready.class);
    }

    @Test
    void anAddressInTheUrlThatIsRefusedStalls() {
        // Given
        addressesAreRefused = true;
        sources.put(TestSources.source(APPS, TestSources.spec("http://127.0.0.1:1/apps", null)));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.OnChange());
        assertThat(outcome()).isInstanceOf(Outcome.Stalled.class);
    }

    @Test
    void aRedirectThatIsNotFollowedIsRetried() {
        // Given
        server.inject(new GitFault.Status(302));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.Retry());
        assertThat(outcome()).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> assertThat(failed.message()).contains("redirects"));
    }

    @Test
    void credentialsInTheUrlStallAndAreNotShown() {
        // Given
        sources.put(TestSources.source(APPS, TestSources.spec("https://robot:pass@git.example.org/apps", null)));

        // When
        look();

        // Then
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Stalled.class, stalled -> assertThat(stalled.reason())
                .isEqualTo("URLInvalid"));
        assertThat(outcome().toString()).doesNotContain("pass@");
    }

    @Test
    void aLookThatLosesTheRaceToAnotherReplicaTellsNothing() {
        // Given
        sources.conflict();

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.Retry());
        assertThat(observations).isEmpty();
    }

    @Test
    void aNewObjectIsHeldFirst() {
        // Given
        sources.put(TestSources.in(sources.known(APPS).orElseThrow(), Lifecycle.NEW));

        // When
        look();

        // Then
        assertThat(sources.known(APPS).orElseThrow().lifecycle()).isEqualTo(Lifecycle.HELD);
        assertThat(status().artifact()).isNotNull();
    }

    @Test
    void aDeletedObjectIsReleasedAndItsContentDropped() {
        // Given
        look();
        sources.put(TestSources.in(sources.known(APPS).orElseThrow(), Lifecycle.ENDING));

        // When
        Next next = look();

        // Then
        assertThat(next).isEqualTo(new Next.OnChange());
        assertThat(sources.known(APPS)).isEmpty();
        assertThat(store.sources()).isEmpty();
    }

    private Next look() {
        return look.look(new Work(APPS, new Trigger(Cause.INTERVAL, clock.instant()), clock.instant()));
    }

    private Outcome outcome() {
        return observations.getLast().outcome();
    }

    private GitRepositoryStatus status() {
        Source source = sources.known(APPS).orElseThrow();
        return source.status();
    }
}
