package dev.tenantry.standalone;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings that decide what is started before Quarkus is: system properties, and environment variables by
 * MicroProfile Config's naming.
 *
 * <p>What is set here becomes a system property, which Quarkus reads; what a person has set stays.
 */
final class Settings {

    private final Properties properties;
    private final Map<String, String> environment;

    Settings(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(properties.getProperty(name))
                .or(() -> Optional.ofNullable(environment.get(name)))
                .or(() -> Optional.ofNullable(environment.get(underscored(name))))
                .or(() -> Optional.ofNullable(environment.get(underscored(name).toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isEmpty());
    }

    /** Set it, unless a person has. */
    void setDefault(String name, String value) {
        if (find(name).isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    private static String underscored(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
