package dev.tenantry.secretsservice.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.SealingKey;

/**
 * Says which keys need a successor; old keys stay for opening.
 *
 * @param renewAfter the age of the newest key at which a new one follows; never when zero
 * @param cutoff a newest key from before it is followed by a new one at once
 */
public record Rotation(Duration renewAfter, Optional<Instant> cutoff) {

    public Rotation {
        if (renewAfter.isNegative()) {
            throw new IllegalArgumentException("secrets-service.keys.renew-after is " + renewAfter
                    + ", and has to be an age, or zero for never");
        }
    }

    /**
     * List those who need a new key.
     *
     * @return sets of namespaces, as keys are limited to; the empty one is the cluster's, which always needs a key
     */
    public List<Set<String>> due(KeyRing keys, Instant now) {
        List<Set<String>> due = new ArrayList<>();
        newest(keys).forEach((namespaces, key) -> {
            if (key.isEmpty() || !dueAt(key.get(), now).isAfter(now)) {
                due.add(namespaces);
            }
        });
        return due;
    }

    private Instant dueAt(SealingKey newest, Instant now) {
        if (cutoff.isPresent() && newest.orderedAt().isBefore(cutoff.get()) && !cutoff.get().isAfter(now)) {
            return now;
        }
        return renewAfter.isZero() ? Instant.MAX : newest.orderedAt().plus(renewAfter);
    }

    private static Map<Set<String>, Optional<SealingKey>> newest(KeyRing keys) {
        Map<Set<String>, Optional<SealingKey>> newest = new LinkedHashMap<>();
        newest.put(Set.of(), Optional.empty());
        for (SealingKey key : keys.all()) {
            newest.merge(key.namespaces(), Optional.of(key), (known, older) -> known.isPresent() ? known : older);
        }
        return newest;
    }
}
