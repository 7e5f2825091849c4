package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.git.ReferenceSelector.Branch;
import dev.tenantry.git.ReferenceSelector.Name;
import dev.tenantry.git.ReferenceSelector.Pinned;
import dev.tenantry.git.ReferenceSelector.SemverRange;
import dev.tenantry.git.ReferenceSelector.Tag;

class ValuesTest {

    private static final String HEX = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @ValueSource(strings = {"main@sha1:" + HEX, "v1.2.3@sha1:" + HEX, "feature/a@b@sha1:" + HEX, "sha1:" + HEX,
            "refs/pull/420/head@sha1:" + HEX})
    void revisionsAreReadAsTheyAreWritten(String text) {
        assertThat(Revision.parse(text)).hasToString(text);
        assertThat(Revision.parse(text).commit().hex()).isEqualTo(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", HEX, "main/" + HEX, "@sha1:" + HEX, "main@sha256:" + HEX, "sha1:abc"})
    void whatIsNoRevisionIsRefused(String text) {
        assertThatThrownBy(() -> Revision.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Revision.tryParse(text)).isEmpty();
    }

    @Test
    void theSelectorFollowsFluxsPrecedence() {
        assertThat(ReferenceSelector.of("b", "t", "1.x", "refs/n", HEX)).isEqualTo(new Pinned(new CommitId(HEX), "b"));
        assertThat(ReferenceSelector.of("b", "t", "1.x", "refs/n", null)).isEqualTo(new Name("refs/n"));
        assertThat(ReferenceSelector.of("b", "t", "1.x", "", null))
                .isEqualTo(new SemverRange(VersionRange.parse("1.x")));
        assertThat(ReferenceSelector.of("b", "t", null, null, null)).isEqualTo(new Tag("t"));
        assertThat(ReferenceSelector.of("b", null, null, null, null)).isEqualTo(new Branch("b"));
        assertThat(ReferenceSelector.of(null, null, null, null, null)).isEqualTo(new Branch("master"));
        assertThat(ReferenceSelector.of(null, null, null, null, HEX)).isEqualTo(new Pinned(new CommitId(HEX), null));
    }

    @Test
    void aSelectorThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> ReferenceSelector.of("a b", null, null, null, null)).hasMessageContaining("a b");
        assertThatThrownBy(() -> ReferenceSelector.of("../x", null, null, null, null)).hasMessageContaining("../x");
        assertThatThrownBy(() -> ReferenceSelector.of(null, null, "newest", null, null)).hasMessageContaining("newest");
        assertThatThrownBy(() -> ReferenceSelector.of(null, null, null, "main", null)).hasMessageContaining("refs/");
        assertThatThrownBy(() -> ReferenceSelector.of(null, null, null, null, "abc")).hasMessageContaining("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@example.org/a", "git@example.org:a.git", "file:///etc", "https://", "no url",
            "https://user:password@example.org/a"})
    void aRemoteThatIsNotHttpsIsRefused(String url) {
        assertThatThrownBy(() -> Remote.of(url)).isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("password@");
    }

    @Test
    void remotesThatDifferInAnythingHaveDifferentKeys() {
        // Given
        Remote plain = Remote.of("https://example.org/a");
        ProxyServer proxy = new ProxyServer(URI.create("http://proxy:3128"), null, null);
        List<Remote> remotes = List.of(plain, Remote.of("https://example.org/b"),
                plain.withCredentials(new Credentials.Basic("a", "bc")),
                plain.withCredentials(new Credentials.Basic("ab", "c")),
                plain.withCredentials(new Credentials.Bearer("abc")), plain.withCaBundle("ca"),
                plain.withClientCertificate(new ClientCertificate("c", "k")), plain.withProxy(proxy),
                plain.withProxy(new ProxyServer(proxy.address(), "u", "p")));

        // When
        Stream<RemoteKey> keys = remotes.stream().map(Remote::key);

        // Then
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(Remote.of("https://example.org/a").key()).isEqualTo(plain.key());
    }

    @Test
    void nothingPrintsASecret() {
        // Given
        Remote remote = Remote.of("https://example.org/a")
                .withCredentials(new Credentials.Basic("ada", "pass-1"))
                .withClientCertificate(new ClientCertificate("chain", "pass-2"))
                .withProxy(new ProxyServer(URI.create("http://proxy:3128"), "user", "pass-3"));

        // Then
        assertThat(remote.toString()).contains("ada").doesNotContain("pass-");
        assertThat(new Credentials.Bearer("pass-4").toString()).doesNotContain("pass-");
    }

    @Test
    void sourcesHaveNamesOfObjects() {
        assertThat(new SourceId("team-a", "apps.v1")).hasToString("team-a/apps.v1");
        assertThatThrownBy(() -> new SourceId("team-a", "..")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceId("team/a", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceId("", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
