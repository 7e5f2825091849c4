package dev.tenantry.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a guard in tests. */
public record Settings(boolean required, Optional<List<String>> audiences, Optional<String> localToken,
        Duration cacheFor) implements AccessConfig {

    /** Asks for tokens, as services do unless told otherwise. */
    public static Settings strict() {
        return new Settings(true, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
    }

    /** Lets programs on this machine in without a token. */
    public static Settings open() {
        return new Settings(false, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
    }

    public Settings forAudience(String audience) {
        return new Settings(required, Optional.of(List.of(audience)), localToken, cacheFor);
    }

    public Settings withLocalToken(String token) {
        return new Settings(required, audiences, Optional.of(token), cacheFor);
    }
}
