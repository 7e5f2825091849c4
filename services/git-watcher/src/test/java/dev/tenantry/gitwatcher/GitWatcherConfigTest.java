package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class GitWatcherConfigTest {

    @Test
    void defaults() {
        // When
        GitWatcherConfig config = read(Map.of());

        // Then
        assertThat(config.enabled()).isTrue();
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data/git-watcher"));
        assertThat(config.advertisedUrl()).isEmpty();
        assertThat(config.replica()).isEmpty();
        assertThat(config.namespace()).isEqualTo("tenantry-system");
        assertThat(config.brokerPatience()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.concurrency()).isEqualTo(32);
        assertThat(config.concurrencyOfNamespace()).isEqualTo(8);
        assertThat(config.concurrencyOfHost()).isEqualTo(16);
        assertThat(config.jitter()).isEqualTo(0.05);
        assertThat(config.retry().first()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.retry().longest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.watchLabelSelector()).isEmpty();
        assertThat(config.platformNamespaces()).containsExactly("flux-system");
        assertThat(config.allowHttp()).isFalse();
        assertThat(config.allowLoopback()).isFalse();
        assertThat(config.allowLinkLocal()).isFalse();
        assertThat(config.allowCluster()).isFalse();
        assertThat(config.clusterRanges()).containsExactly(
                "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
        assertThat(config.installationKey()).isEmpty();
        assertThat(config.consumers()).containsExactly("tenantry-system:reconciler");
        assertThat(config.consumerToken()).isEmpty();
        assertThat(config.access().required()).isTrue();
        assertThat(config.repositories().mostBytes()).isEqualTo(10_737_418_240L);
        assertThat(config.repositories().mostBytesOfFetch()).isEqualTo(2_147_483_648L);
        assertThat(config.repositories().mostBytesOfObject()).isEqualTo(104_857_600L);
        assertThat(config.repositories().mostEntries()).isEqualTo(200_000);
        assertThat(config.repositories().collectEvery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.repositories().grace()).isEqualTo(Duration.ofHours(1));
        assertThat(config.webhooks().mostBytes()).isEqualTo(1_048_576);
        assertThat(config.webhooks().burst()).isEqualTo(100);
        assertThat(config.webhooks().refill()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.history().enabled()).isTrue();
        assertThat(config.history().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(config.history().buffer()).isEqualTo(1000);
    }

    @Test
    void everyPropertyIsRead() {
        // When
        GitWatcherConfig config = read(Map.ofEntries(
                Map.entry("enabled", "false"), Map.entry("data-directory", "/var/lib/git"),
                Map.entry("advertised-url", "http://watcher:8080"), Map.entry("replica", "one"),
                Map.entry("namespace", "ours"), Map.entry("broker-patience", "PT1S"), Map.entry("concurrency", "1"),
                Map.entry("concurrency-of-namespace", "2"), Map.entry("concurrency-of-host", "3"),
                Map.entry("jitter", "0.5"), Map.entry("retry.first", "PT3S"), Map.entry("retry.longest", "PT4S"),
                Map.entry("watch-label-selector", "a=b"), Map.entry("platform-namespaces", "ours"),
                Map.entry("allow-http", "true"), Map.entry("allow-loopback", "true"),
                Map.entry("allow-link-local", "true"), Map.entry("allow-cluster", "true"),
                Map.entry("cluster-ranges", "10.1.0.0/16"), Map.entry("installation-key", "key"),
                Map.entry("consumers", "ours:them"), Map.entry("consumer-token", "token"),
                Map.entry("access.required", "false"), Map.entry("repositories.most-bytes", "1"),
                Map.entry("repositories.most-bytes-of-fetch", "2"), Map.entry("repositories.most-bytes-of-object", "3"),
                Map.entry("repositories.most-entries", "7"),
                Map.entry("repositories.collect-every", "PT5S"), Map.entry("repositories.grace", "PT6S"),
                Map.entry("webhooks.most-bytes", "4"), Map.entry("webhooks.burst", "5"),
                Map.entry("webhooks.refill", "PT7S"), Map.entry("history.enabled", "false"),
                Map.entry("history.retention", "PT8S"), Map.entry("history.buffer", "6")));

        // Then
        assertThat(config.enabled()).isFalse();
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/git"));
        assertThat(config.advertisedUrl()).contains(URI.create("http://watcher:8080"));
        assertThat(config.replica()).contains("one");
        assertThat(config.namespace()).isEqualTo("ours");
        assertThat(config.brokerPatience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.concurrency()).isEqualTo(1);
        assertThat(config.concurrencyOfNamespace()).isEqualTo(2);
        assertThat(config.concurrencyOfHost()).isEqualTo(3);
        assertThat(config.jitter()).isEqualTo(0.5);
        assertThat(config.retry().first()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.retry().longest()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.watchLabelSelector()).contains("a=b");
        assertThat(config.platformNamespaces()).isEqualTo(Set.of("ours"));
        assertThat(config.allowHttp() && config.allowLoopback() && config.allowLinkLocal() && config.allowCluster())
                .isTrue();
        assertThat(config.clusterRanges()).containsExactly("10.1.0.0/16");
        assertThat(config.installationKey()).contains("key");
        assertThat(config.consumers()).containsExactly("ours:them");
        assertThat(config.consumerToken()).contains("token");
        assertThat(config.access().required()).isFalse();
        assertThat(config.repositories().mostBytes()).isEqualTo(1);
        assertThat(config.repositories().mostBytesOfFetch()).isEqualTo(2);
        assertThat(config.repositories().mostBytesOfObject()).isEqualTo(3);
        assertThat(config.repositories().mostEntries()).isEqualTo(7);
        assertThat(config.repositories().collectEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.repositories().grace()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.webhooks().mostBytes()).isEqualTo(4);
        assertThat(config.webhooks().burst()).isEqualTo(5);
        assertThat(config.webhooks().refill()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.history().enabled()).isFalse();
        assertThat(config.history().retention()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.history().buffer()).isEqualTo(6);
    }

    private static GitWatcherConfig read(Map<String, String> properties) {
        Map<String, String> prefixed = new HashMap<>();
        properties.forEach((name, value) -> prefixed.put("git-watcher." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(GitWatcherConfig.class)
                .withConverters(new Converter<?>[]{
                        new DurationConverter()})
                .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                .build()
                .getConfigMapping(GitWatcherConfig.class);
    }
}
