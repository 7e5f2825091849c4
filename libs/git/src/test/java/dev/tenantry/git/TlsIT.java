package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.FetchResult.AddressRefused;
import dev.tenantry.git.FetchResult.AuthenticationFailed;
import dev.tenantry.git.FetchResult.Cause;
import dev.tenantry.git.FetchResult.Fetched;
import dev.tenantry.git.FetchResult.GitOperationFailed;
import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.testkit.git.GitFault;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestCertificates;

class TlsIT {

    private static final SourceId SOURCE = new SourceId("team-a", "apps");
    private static final Branch MAIN = new Branch("main");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static TestCertificates certificates;

    @TempDir
    Path folder;

    private RepositoryStore store;

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.create();
    }

    @BeforeEach
    void open() throws Exception {
        store = RepositoryStore.open(StoreSettings.in(folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Remote remote(GitServer server) {
        return Remote.of(server.repository("apps").url().toString());
    }

    @Test
    void aServerOfTheSourcesOwnAuthorityIsTrusted() {
        try (GitServer server = GitServer.startTls(certificates)) {
            // Given
            server.repository("apps").file("a", "1").commit("one");

            // When
            FetchResult trusted = store.fetch(remote(server).withCaBundle(certificates.caPem()), SOURCE, MAIN, TIMEOUT);
            FetchResult unknown = store.fetch(remote(server), SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(trusted).isInstanceOf(Fetched.class);
            assertThat(unknown).isInstanceOfSatisfying(GitOperationFailed.class,
                    failed -> assertThat(failed.cause()).isEqualTo(Cause.TLS));
        }
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted() {
        try (GitServer server = GitServer.startTls(certificates)) {
            // Given
            server.repository("apps").file("a", "1").commit("one");
            URI url = server.repository("apps").url();
            // The certificate names 127.0.0.1, but no address else that leads to this machine.
            Remote byOtherName = Remote.of("https://127.0.0.2:" + url.getPort() + url.getPath())
                    .withCaBundle(certificates.caPem());

            // When
            FetchResult result = store.fetch(byOtherName, SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(result).isInstanceOf(GitOperationFailed.class);
        }
    }

    @Test
    void aCaBundleThatIsNoneIsSaid() {
        try (GitServer server = GitServer.startTls(certificates)) {
            // When
            FetchResult result = store.fetch(remote(server).withCaBundle("no certificate"), SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(Cause.TLS);
                assertThat(failed.message()).contains("certificate");
            });
        }
    }

    @Test
    void aClientCertificateIsPresented() {
        try (GitServer server = GitServer.startMutualTls(certificates)) {
            // Given
            server.repository("apps").file("a", "1").commit("one");
            Remote remote = remote(server).withCaBundle(certificates.caPem());

            // When
            FetchResult with = store.fetch(remote.withClientCertificate(
                    new ClientCertificate(certificates.clientCertificatePem(), certificates.clientKeyPem())), SOURCE,
                    MAIN,
                    TIMEOUT);
            FetchResult without = store.fetch(remote, SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(with).isInstanceOf(Fetched.class);
            assertThat(without).isInstanceOf(GitOperationFailed.class);
        }
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowedAndGoesAgain() {
        try (GitServer plain = GitServer.start(); GitServer server = GitServer.startTls(certificates)) {
            // Given
            plain.repository("apps").file("a", "1").commit("one");
            server.inject(new GitFault.Redirect(plain.url()));

            // When
            FetchResult result = store.fetch(remote(server).withCaBundle(certificates.caPem()), SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class, failed -> assertThat(failed.message())
                    .startsWith(remote(server).url() + " redirects to where fetches may not follow")
                    .contains("change the URL", plain.url().toString()));
            assertThat(plain.counts().advertisements()).isZero();
        }
    }

    @Test
    void aStallingServerIsLeftInTimeOverTlsToo() {
        try (GitServer server = GitServer.startTls(certificates)) {
            // Given
            server.repository("apps").randomFile("a", 100_000).commit("one");
            server.injectIntoPacks(new GitFault.StallAfter(10_000));

            // When
            long start = System.nanoTime();
            FetchResult result = store.fetch(remote(server).withCaBundle(certificates.caPem()), SOURCE, MAIN,
                    Duration.ofSeconds(2));

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(result).isInstanceOfSatisfying(GitOperationFailed.class,
                    failed -> assertThat(failed.cause()).isEqualTo(Cause.TIMEOUT));
        }
    }

    @Test
    void aProxyIsAskedWithItsOwnCredentials() throws Exception {
        try (GitServer server = GitServer.startTls(certificates); ConnectProxy proxy = new ConnectProxy()) {
            // Given
            server.repository("apps").file("a", "1").commit("one");
            Remote remote = remote(server).withCaBundle(certificates.caPem());

            // When
            FetchResult allowed = store.fetch(
                    remote.withProxy(new ProxyServer(proxy.address(), ConnectProxy.USERNAME, ConnectProxy.PASSWORD)),
                    SOURCE,
                    MAIN, TIMEOUT);
            FetchResult refused = store.fetch(remote.withProxy(new ProxyServer(proxy.address(), "proxy-user", "wrong")),
                    SOURCE, MAIN, TIMEOUT);

            // Then
            assertThat(allowed).isInstanceOf(Fetched.class);
            assertThat(proxy.targets).contains("localhost:" + server.url().getPort());
            assertThat(refused).isInstanceOfSatisfying(AuthenticationFailed.class,
                    failed -> assertThat(failed.message()).contains("proxy").doesNotContain("wrong"));
        }
    }

    @Test
    void theAddressOfAProxyIsCheckedToo() throws Exception {
        try (GitServer server = GitServer.startTls(certificates); ConnectProxy proxy = new ConnectProxy()) {
            // Given
            store.close();
            store = RepositoryStore.open(StoreSettings.in(folder).withAddresses((host, address) -> false));

            // When
            FetchResult result = store.fetch(remote(server).withProxy(new ProxyServer(proxy.address(), null, null)),
                    SOURCE,
                    MAIN, TIMEOUT);

            // Then
            assertThat(result).isInstanceOf(AddressRefused.class);
            assertThat(proxy.targets).isEmpty();
        }
    }
}
