package dev.tenantry.secretsservice;

import java.util.Comparator;
import java.util.List;

import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyRing;

/** Tells which SealedSecrets need which keys, by what was written down when they were opened. */
public final class Report {

    private final Objects objects;
    private final Keys keys;

    public Report(Objects objects, Keys keys) {
        this.objects = objects;
        this.keys = keys;
    }

    /**
     * What is known of one SealedSecret's keys.
     *
     * @param sealedWith the keys that its values were sealed with; empty while it was never opened here
     * @param old those of them that have a successor, or are gone: seal it again before they are retired
     */
    public record Entry(KnownSealedSecret sealed, List<Fingerprint> sealedWith, List<Fingerprint> old) {}

    /** List all SealedSecrets, by namespace and name. */
    public List<Entry> entries() {
        return objects.sealedSecrets()
                .all()
                .stream()
                .sorted(Comparator.comparing(KnownSealedSecret::name))
                .map(this::entry)
                .toList();
    }

    /** Tell what is known of one. */
    public Entry entry(KnownSealedSecret sealed) {
        KeyRing ring = keys.ring();
        List<Fingerprint> sealedWith = objects.secrets()
                .known(sealed.name())
                .map(LiveSecret::sealedWith)
                .orElse(List.of());
        return new Entry(sealed, sealedWith, sealedWith.stream().filter(ring::isOld).toList());
    }

    /** Count those that need a key which has a successor. */
    int countOld() {
        return (int) objects.sealedSecrets().all().stream().filter(sealed -> !entry(sealed).old().isEmpty()).count();
    }
}
