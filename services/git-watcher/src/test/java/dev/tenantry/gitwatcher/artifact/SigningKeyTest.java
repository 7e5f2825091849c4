package dev.tenantry.gitwatcher.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.git.CommitId;
import dev.tenantry.kubernetes.NamespacedName;

class SigningKeyTest {

    private static final NamespacedName SOURCE = new NamespacedName("biology", "apps");
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final URI BASE = URI.create("http://git-watcher:8080");

    @TempDir
    Path folder;

    @Test
    void theKeyOutlivesTheProcess() throws Exception {
        // Given
        Path file = folder.resolve("keys/installation.key");
        String before = new ArtifactUrls(SigningKey.keptIn(file), BASE).url(SOURCE, COMMIT, "sha256:1");

        // When
        String after = new ArtifactUrls(SigningKey.keptIn(file), BASE).url(SOURCE, COMMIT, "sha256:1");

        // Then
        assertThat(after).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void aShortKeyIsRefused() {
        // When / Then
        assertThatThrownBy(() -> SigningKey.of("secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theUrlIsThatOfTheArchivesContent() {
        // Given
        ArtifactUrls urls = new ArtifactUrls(SigningKey.of("k".repeat(32)), BASE);

        // When
        String url = urls.url(SOURCE, COMMIT, "sha256:1");

        // Then
        assertThat(url).startsWith("http://git-watcher:8080/git-watcher/artifacts/")
                .endsWith(urls.path(SOURCE, COMMIT));
        String signature = url.substring("http://git-watcher:8080/git-watcher/artifacts/".length()).split("/")[0];
        assertThat(urls.isSigned(signature, SOURCE, COMMIT, "sha256:1")).isTrue();
        assertThat(urls.isSigned(signature, SOURCE, COMMIT, "sha256:2")).isFalse();
        assertThat(urls.isSigned(signature, new NamespacedName("physics", "apps"), COMMIT, "sha256:1")).isFalse();
    }
}
