package dev.tenantry.gitwatcher.artifact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Artifact;

/**
 * Remember, for a minute, the artifact that a newer one replaced: whoever has just read its URL may still download it.
 */
public final class RecentArtifacts {

    private static final Duration KEPT = Duration.ofSeconds(60);

    private final Clock clock;
    private final Map<NamespacedName, Replaced> replaced = new ConcurrentHashMap<>();

    private record Replaced(Artifact artifact, Instant until) {}

    public RecentArtifacts(Clock clock) {
        this.clock = clock;
    }

    /** Take note that an artifact was replaced. */
    public void replaced(NamespacedName source, Artifact artifact) {
        Instant now = clock.instant();
        replaced.values().removeIf(old -> old.until().isBefore(now));
        replaced.put(source, new Replaced(artifact, now.plus(KEPT)));
    }

    /** Give the artifact that was replaced last, if that was less than a minute ago. */
    public Optional<Artifact> find(NamespacedName source) {
        return Optional.ofNullable(replaced.get(source))
                .filter(old -> old.until().isAfter(clock.instant()))
                .map(Replaced::artifact);
    }
}
