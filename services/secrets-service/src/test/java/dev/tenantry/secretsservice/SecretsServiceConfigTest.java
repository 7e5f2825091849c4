package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class SecretsServiceConfigTest {

    @Test
    void defaults() {
        // When
        SecretsServiceConfig config = read(Map.of());

        // Then
        assertThat(config.enabled()).isTrue();
        assertThat(config.replica()).isEmpty();
        assertThat(config.concurrency()).isEqualTo(16);
        assertThat(config.watchLabelSelector()).isEmpty();
        assertThat(config.acceptOldData()).isTrue();
        assertThat(config.recreate()).isTrue();
        assertThat(config.namespace()).isEqualTo("tenantry-system");
        assertThat(config.brokerPatience()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.access().required()).isTrue();
        assertThat(config.retry().first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retry().longest()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.keys().namespace()).isEmpty();
        assertThat(config.keys().renewAfter()).isEqualTo(Duration.ofDays(30));
        assertThat(config.keys().cutoffTime()).isEmpty();
        assertThat(config.keys().validity()).isEqualTo(Duration.ofDays(3650));
        assertThat(config.keys().size()).isEqualTo(4096);
        assertThat(config.keys().prefix()).isEqualTo("sealed-secrets-key");
        assertThat(config.keys().commonName()).isEmpty();
        assertThat(config.keys().order()).isEqualTo(SecretsServiceConfig.Order.CERT_NOT_BEFORE);
        assertThat(config.keys().remindEvery()).isEqualTo(Duration.ofHours(24));
        assertThat(config.templates().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.templates().workers()).isEqualTo(2);
        assertThat(config.templates().mostBytes()).isEqualTo(134_217_728);
        assertThat(config.http().mostBytes()).isEqualTo(4_194_304);
        assertThat(config.http().burst()).isEqualTo(2);
        assertThat(config.http().refill()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void everyPropertyIsRead() {
        // When
        SecretsServiceConfig config = read(Map.ofEntries(
                Map.entry("enabled", "false"), Map.entry("replica", "one"), Map.entry("concurrency", "3"),
                Map.entry("watch-label-selector", "a=b"), Map.entry("accept-old-data", "false"),
                Map.entry("recreate", "false"), Map.entry("namespace", "ours"), Map.entry("broker-patience", "1s"),
                Map.entry("access.required", "false"), Map.entry("retry.first", "2s"),
                Map.entry("retry.longest", "3s"), Map.entry("keys.namespace", "kube-system"),
                Map.entry("keys.renew-after", "0s"), Map.entry("keys.cutoff-time", "Sun, 01 Mar 2026 12:00:00 +0000"),
                Map.entry("keys.validity", "90d"), Map.entry("keys.size", "2048"), Map.entry("keys.prefix", "key"),
                Map.entry("keys.common-name", "tenantry"), Map.entry("keys.order", "secret-creation-timestamp"),
                Map.entry("keys.remind-every", "4h"), Map.entry("templates.timeout", "5s"),
                Map.entry("templates.workers", "6"), Map.entry("templates.most-bytes", "7"),
                Map.entry("http.most-bytes", "8"), Map.entry("http.burst", "9"), Map.entry("http.refill", "10s")));

        // Then
        assertThat(config.enabled()).isFalse();
        assertThat(config.replica()).contains("one");
        assertThat(config.concurrency()).isEqualTo(3);
        assertThat(config.watchLabelSelector()).contains("a=b");
        assertThat(config.acceptOldData()).isFalse();
        assertThat(config.recreate()).isFalse();
        assertThat(config.namespace()).isEqualTo("ours");
        assertThat(config.brokerPatience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.access().required()).isFalse();
        assertThat(config.retry().first()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.retry().longest()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.keys().namespace()).contains("kube-system");
        assertThat(config.keys().renewAfter()).isZero();
        assertThat(config.keys().cutoffTime()).contains("Sun, 01 Mar 2026 12:00:00 +0000");
        assertThat(config.keys().validity()).isEqualTo(Duration.ofDays(90));
        assertThat(config.keys().size()).isEqualTo(2048);
        assertThat(config.keys().prefix()).isEqualTo("key");
        assertThat(config.keys().commonName()).contains("tenantry");
        assertThat(config.keys().order()).isEqualTo(SecretsServiceConfig.Order.SECRET_CREATION_TIMESTAMP);
        assertThat(config.keys().remindEvery()).isEqualTo(Duration.ofHours(4));
        assertThat(config.templates().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.templates().workers()).isEqualTo(6);
        assertThat(config.templates().mostBytes()).isEqualTo(7);
        assertThat(config.http().mostBytes()).isEqualTo(8);
        assertThat(config.http().burst()).isEqualTo(9);
        assertThat(config.http().refill()).isEqualTo(Duration.ofSeconds(10));
    }

    private static SecretsServiceConfig read(Map<String, String> properties) {
        Map<String, String> prefixed = new HashMap<>();
        properties.forEach((name, value) -> prefixed.put("secrets-service." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(SecretsServiceConfig.class)
                .withConverters(new Converter<?>[]{
                        new DurationConverter()})
                .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                .build()
                .getConfigMapping(SecretsServiceConfig.class);
    }
}
