package dev.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Properties properties = new Properties();

    @Test
    void aPropertyIsFoundByItsEnvironmentVariable() {
        // Given
        var settings = new Settings(properties, Map.of("QUARKUS_DATASOURCE__GIT_WATCHER__JDBC_URL", "jdbc:x"));

        // Then
        assertThat(settings.find("quarkus.datasource.\"git-watcher\".jdbc.url")).contains("jdbc:x");
    }

    @Test
    void aPropertyOutranksItsEnvironmentVariable() {
        // Given
        properties.setProperty("tenantry.data", "by-property");
        var settings = new Settings(properties, Map.of("TENANTRY_DATA", "by-variable"));

        // Then
        assertThat(settings.find("tenantry.data")).contains("by-property");
    }

    @Test
    void anEmptyValueIsNone() {
        // Given
        var settings = new Settings(properties, Map.of("TENANTRY_DATA", ""));

        // Then
        assertThat(settings.find("tenantry.data")).isEmpty();
    }

    @Test
    void aDefaultDoesNotReplaceWhatAPersonHasSet() {
        // Given
        var settings = new Settings(properties, Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

        // When
        settings.setDefault("kafka.bootstrap.servers", "127.0.0.1:1");
        settings.setDefault("git-watcher.consumer-token", "token");

        // Then
        assertThat(properties).doesNotContainKey("kafka.bootstrap.servers");
        assertThat(settings.find("git-watcher.consumer-token")).contains("token");
    }
}
