package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.git.FetchResult.AddressRefused;
import dev.tenantry.git.FetchResult.AuthenticationFailed;
import dev.tenantry.git.FetchResult.Cause;
import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.FetchResult.GitOperationFailed;
import dev.tenantry.git.FetchResult.NotFound;
import dev.tenantry.git.FetchResult.UrlRefused;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitFault;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

class FailingRemoteIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final Branch MAIN = new Branch("main");
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private GitServer server;
    private TestRepository repository;
    private Remote remote;
    private RepositoryStore store;

    @BeforeEach
    void start() throws Exception {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.randomFile("data", 200_000).commit("one");
        remote = Remote.of(repository.url().toString());
        store = store(settings());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private StoreSettings settings() {
        return StoreSettings.in(folder).withInsecureHttp(true);
    }

    private static RepositoryStore store(StoreSettings settings) throws Exception {
        return RepositoryStore.open(settings);
    }

    private void reopen(StoreSettings settings) throws Exception {
        store.close();
        store = store(settings);
    }

    @Test
    void aServerThatNeverAnswersCostsTheTimeoutOnly() {
        // Given
        server.inject(new GitFault.StallBeforeAnswer());

        // When
        Instant start = Instant.now();
        FetchResult result = store.fetch(remote, SOURCE, MAIN, SHORT);

        // Then
        assertTimedOut(result, start);
    }

    @Test
    void aServerThatStallsInThePackCostsTheTimeoutOnly() {
        // Given
        server.injectIntoPacks(new GitFault.StallAfter(50_000));

        // When
        Instant start = Instant.now();
        FetchResult result = store.fetch(remote, SOURCE, MAIN, SHORT);

        // Then
        assertTimedOut(result, start);
    }

    @Test
    void aServerThatDripsBytesCostsTheTimeoutOnly() {
        // Given
        server.inject(new GitFault.Slow(40));

        // When
        Instant start = Instant.now();
        FetchResult result = store.fetch(remote, SOURCE, MAIN, SHORT);

        // Then
        assertTimedOut(result, start);
    }

    private void assertTimedOut(FetchResult result, Instant start) {
        assertThat(Duration.between(start, Instant.now())).isLessThan(SHORT.plusSeconds(1));
        assertThat(result)
                .isEqualTo(new GitOperationFailed(Cause.TIMEOUT, "timed out while fetching from " + remote.url()));
        server.recover();
        assertThat(store.fetch(remote, SOURCE, MAIN, LONG)).isInstanceOf(Fetched.class);
    }

    @Test
    void aPackThatIsCutOffIsAnErrorAndTheNextFetchSucceeds() {
        // Given
        server.injectIntoPacks(new GitFault.CutAfter(50_000));

        // When
        FetchResult cut = store.fetch(remote, SOURCE, MAIN, LONG);
        server.recover();
        FetchResult whole = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(cut).isInstanceOfSatisfying(GitOperationFailed.class,
                failed -> assertThat(failed.cause()).isEqualTo(Cause.PROTOCOL));
        assertThat(whole).isInstanceOf(Fetched.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 429})
    void aStatusThatIsNoAnswerIsSaid(int status) {
        // Given
        server.inject(new GitFault.Status(status));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isEqualTo(
                new GitOperationFailed(Cause.HTTP_STATUS, remote.url() + " answered with status " + status));
    }

    @Test
    void aStatusInTheMiddleIsSaidToo() {
        // Given
        server.injectIntoPacks(new GitFault.Status(500));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result)
                .isEqualTo(new GitOperationFailed(Cause.HTTP_STATUS, remote.url() + " answered with status 500"));
    }

    @Test
    void aRepositoryThatIsNotThereIsNotFound() {
        // Given
        server.remove("apps");

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isEqualTo(new NotFound("no repository at " + remote.url() + " (status 404)"));
    }

    @Test
    void aPageInsteadOfGitIsSaid() {
        // Given
        server.inject(new GitFault.Status(200));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class,
                failed -> assertThat(failed.cause()).isEqualTo(Cause.PROTOCOL));
    }

    @Test
    void credentialsAreSentWithTheFirstRequest() {
        // Given
        server.allow("ada", "secret-password").allowBearer("secret-token");

        // When
        FetchResult none = store.fetch(remote, SOURCE, MAIN, LONG);
        FetchResult wrong = store.fetch(remote.withCredentials(new Credentials.Basic("ada", "wrong-password")), SOURCE,
                MAIN,
                LONG);
        server.counts().reset();
        FetchResult basic = store.fetch(remote.withCredentials(new Credentials.Basic("ada", "secret-password")), SOURCE,
                MAIN, LONG);
        int requests = server.counts().advertisements();
        FetchResult bearer = store.fetch(remote.withCredentials(new Credentials.Bearer("secret-token")), SOURCE, MAIN,
                LONG);

        // Then
        assertThat(none).isEqualTo(new AuthenticationFailed(remote.url() + " wants credentials (status 401)"));
        assertThat(wrong).isEqualTo(new AuthenticationFailed(remote.url() + " refused the credentials (status 401)"));
        assertThat(basic).isInstanceOf(Fetched.class);
        assertThat(requests).isEqualTo(1);
        assertThat(bearer).isInstanceOf(Fetched.class);
    }

    @Test
    void aRedirectIsFollowedWithoutCredentials() {
        // Given
        try (GitServer elsewhere = GitServer.start()) {
            elsewhere.repository("apps").file("a", "1").commit("one");
            server.inject(new GitFault.Redirect(elsewhere.url()));
            Remote withPassword = remote.withCredentials(new Credentials.Basic("ada", "secret-password"));

            // When
            FetchResult open = store.fetch(withPassword, SOURCE, MAIN, LONG);
            elsewhere.allow("ada", "secret-password");
            FetchResult guarded = store.fetch(withPassword, SOURCE, MAIN, LONG);

            // Then
            assertThat(open).isInstanceOf(Fetched.class);
            assertThat(guarded).isInstanceOf(AuthenticationFailed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectThatIsNotFollowedGoesAgain(int status) {
        // Given: a redirect without a place, as of a forge that is under maintenance
        server.inject(new GitFault.Status(status));

        // When
        FetchResult during = store.fetch(remote, SOURCE, MAIN, LONG);
        server.recover();
        FetchResult after = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(during).isInstanceOfSatisfying(GitOperationFailed.class, failed -> assertThat(failed.message())
                .startsWith(remote.url() + " redirects to where fetches may not follow"));
        assertThat(after).isInstanceOf(Fetched.class);
    }

    @Test
    void aRedirectToARefusedAddressIsRefused() throws Exception {
        // Given: only 127.0.0.1 by the name "localhost" is permitted
        reopen(settings().withAddresses((host, address) -> host.equals("localhost")));
        server.inject(new GitFault.Redirect(URI.create("http://127.0.0.1:" + remote.url().getPort())));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isEqualTo(
                new AddressRefused("Connections to the address of 127.0.0.1 are not allowed here"));
    }

    @Test
    void aNameThatMeansARefusedAddressIsRefused() throws Exception {
        // Given
        reopen(settings().withAddresses((host, address) -> !address.isLoopbackAddress()));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isEqualTo(
                new AddressRefused("Connections to the address of localhost are not allowed here"));
        assertThat(server.counts().advertisements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]"})
    void aRefusedAddressInTheUrlIsForTheUrlToChange(String host) throws Exception {
        // Given
        reopen(settings().withAddresses((name, address) -> !address.isLoopbackAddress()));
        Remote literal = Remote.of("http://" + host + ":" + remote.url().getPort() + "/apps.git");

        // When
        FetchResult result = store.fetch(literal, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOf(UrlRefused.class);
    }

    @Test
    void thePolicySeesTheAddressThatIsConnectedTo() throws Exception {
        // Given
        InetAddress[] seen = new InetAddress[1];
        reopen(settings().withAddresses((host, address) -> {
            seen[0] = address;
            return true;
        }));

        // When
        store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(seen[0].isLoopbackAddress()).isTrue();
    }

    @Test
    void plainHttpIsRefusedUnlessAllowed() throws Exception {
        // Given
        reopen(StoreSettings.in(folder));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOf(UrlRefused.class);
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() {
        // Given
        Remote nowhere = Remote.of("http://localhost:1/apps.git");

        // When
        FetchResult result = store.fetch(nowhere, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class,
                failed -> assertThat(failed.cause()).isEqualTo(Cause.UNREACHABLE));
    }

    @Test
    void aPackLargerThanTheLimitIsRefused() throws Exception {
        // Given
        reopen(settings().withLimits(100_000, 1_000_000, 1_000_000));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isEqualTo(new GitOperationFailed(Cause.TOO_LARGE, "refused what came from " + remote.url()
                + ": The server sent more than the limit of 100000 bytes"));
    }

    @Test
    void anObjectLargerThanTheLimitIsRefusedHoweverSmallItIsPacked() throws Exception {
        // Given
        repository.delete("data").file("zeros", new byte[10_000_000]).commit("bomb");
        reopen(settings().withLimits(1_000_000, 5_000_000, 10_000_000));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class,
                failed -> assertThat(failed.cause()).isEqualTo(Cause.TOO_LARGE));
    }

    @Test
    void aRepositoryThatHasGrownBeyondTheLimitIsRefused() throws Exception {
        // Given
        reopen(settings().withLimits(1_000_000, 1_000_000, 150_000));

        // When
        FetchResult result = store.fetch(remote, SOURCE, MAIN, LONG);

        // Then
        assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class,
                failed -> assertThat(failed.cause()).isEqualTo(Cause.TOO_LARGE));
    }
}
