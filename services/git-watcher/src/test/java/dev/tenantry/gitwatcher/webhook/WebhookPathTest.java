package dev.tenantry.gitwatcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class WebhookPathTest {

    @Test
    void thePathIsTheDigestOfTokenThenNameThenNamespace() {
        // When
        WebhookPath path = WebhookPath.of("token", new NamespacedName("namespace", "name"));

        // Then (printf tokennamenamespace | sha256sum)
        assertThat(path).hasToString("/hook/033cd85fb94eef8b750b62b37d50fa65adb47b1f0ab5d6a8f9f6692e516e686a");
    }

    @Test
    void receiversWithTheSameTokenHaveDifferentPaths() {
        // When
        WebhookPath first = WebhookPath.of("token", new NamespacedName("biology", "push"));
        WebhookPath second = WebhookPath.of("token", new NamespacedName("physics", "push"));

        // Then
        assertThat(first).isNotEqualTo(second);
    }
}
