package dev.tenantry.secretsservice.sealing;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.scope.Scope;

/** Opens the values of one SealedSecret, and gathers why some stay closed. */
final class Opening {

    private static final int NAMED_KEYS = 3;
    private static final int MOST_CLOSED = 3;

    private final SealedContent sealed;
    /** In the order in which they are tried: the one that opened the last value first. */
    private final LinkedList<SealingKey> keys;
    private final byte[] label;
    private final Map<String, SealingKey> openedBy = new TreeMap<>();
    /** What is wrong with the form or content of a value, by its key. */
    private final Map<String, String> damaged = new TreeMap<>();
    private final Map<String, SealedValue> closed = new TreeMap<>();
    private int untried;

    Opening(SealedContent sealed, KeyRing ring) {
        this.sealed = sealed;
        this.keys = new LinkedList<>(ring.opening(sealed.name().namespace()));
        this.label = sealed.scope().label(sealed.name());
    }

    /** Open a value, or take note of why it stays closed. */
    Optional<byte[]> open(String item, String base64) {
        SealedValue value;
        try {
            value = SealedValue.parse(base64);
        } catch (MalformedValueException e) {
            damaged.put(item, e.getMessage());
            return Optional.empty();
        }
        if (closed.size() >= MOST_CLOSED) {
            // Each costs an operation for each key, and nothing would come of it.
            untried++;
            return Optional.empty();
        }
        for (SealingKey key : keys) {
            Optional<byte[]> session = HybridCipher.sessionKey(key.pair().privateKey(), value, label);
            if (session.isPresent()) {
                keys.remove(key);
                keys.addFirst(key);
                Optional<byte[]> plain = HybridCipher.open(session.get(), value);
                if (plain.isEmpty()) {
                    damaged.put(item, "was changed since it was sealed with key " + key.fingerprint());
                } else {
                    openedBy.put(item, key);
                }
                return plain;
            }
        }
        closed.put(item, value);
        return Optional.empty();
    }

    /** Give the keys that opened something, each once. */
    Set<Fingerprint> sealedWith() {
        return openedBy.values().stream().map(SealingKey::fingerprint).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Give the key that opened a value. */
    SealingKey opener(String item) {
        return Objects.requireNonNull(openedBy.get(item));
    }

    boolean hasFailed() {
        return !damaged.isEmpty() || !closed.isEmpty();
    }

    /** Say what stayed closed, and why. */
    Unsealed.Refused refusal() {
        List<String> parts = new ArrayList<>();
        if (!closed.isEmpty()) {
            parts.add("no key could decrypt " + String.join(", ", closed.keySet())
                    + (untried > 0 ? ", and " + untried + " more were not tried" : "") + ": " + why());
        }
        damaged.forEach((item, what) -> parts.add(item + " " + what));
        List<String> items = Stream.concat(closed.keySet().stream(), damaged.keySet().stream()).sorted().toList();
        return new Unsealed.Refused(closed.isEmpty() ? Refusal.DAMAGED : Refusal.NO_MATCHING_KEY,
                String.join("; ", parts), items);
    }

    private String why() {
        if (keys.isEmpty()) {
            return "there is no sealing key for namespace " + sealed.name().namespace();
        }
        return otherScope().or(this::otherName)
                .orElseGet(() -> "it was sealed for another cluster or a key that is gone,"
                        + " or for another name, namespace or scope (this is " + sealed.name() + ", scope "
                        + sealed.scope()
                        + "), or it is damaged; tried " + tried());
    }

    /** Find out whether one value would open in another scope: the commonest mistake, and the easiest to mend. */
    private Optional<String> otherScope() {
        SealedValue value = closed.values().iterator().next();
        for (Scope other : Scope.values()) {
            for (SealingKey key : keys) {
                if (other != sealed.scope() && HybridCipher.sessionKey(key.pair().privateKey(), value,
                        other.label(sealed.name())).isPresent()) {
                    return Optional.of("it was sealed with scope " + other + ", and its annotations say "
                            + sealed.scope() + ": set the annotations of that scope, or seal it again");
                }
            }
        }
        return Optional.empty();
    }

    /** Find out whether it opens under the name that kubeseal left in the template. */
    private Optional<String> otherName() {
        String name = sealed.template().path("metadata").path("name").asText(sealed.name().name());
        String namespace = sealed.template().path("metadata").path("namespace").asText(sealed.name().namespace());
        if (name.isEmpty() || sealed.name().equals(new NamespacedName(namespace, name))) {
            return Optional.empty();
        }
        return Optional.of("it seems to have been sealed for " + namespace + "/" + name + " and this is "
                + sealed.name() + ": what is sealed cannot be moved, seal it again for its new place");
    }

    private String tried() {
        String named = keys.stream()
                .limit(NAMED_KEYS)
                .map(key -> key.fingerprint().toString())
                .collect(Collectors.joining(", "));
        return "key " + named + (keys.size() > NAMED_KEYS ? " and " + (keys.size() - NAMED_KEYS) + " older" : "");
    }
}
