package dev.tenantry.secretsservice.sealing;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Fingerprint;

/** What came of opening a SealedSecret. */
public sealed interface Unsealed {

    /**
     * It is open.
     *
     * @param secret the Secret as it has to be, with all values; never to be printed
     * @param sealedWith the keys that its values were sealed with, each once
     */
    record Opened(Manifest secret, List<Fingerprint> sealedWith) implements Unsealed {

        static Opened of(Manifest secret, Collection<Fingerprint> sealedWith) {
            return new Opened(secret, List.copyOf(new TreeSet<>(sealedWith)));
        }
    }

    /**
     * It cannot be opened, until it or the keys change.
     *
     * @param message what, why and what to do, without a word of any value
     * @param items the keys of its data that are concerned; may be empty
     */
    record Refused(Refusal reason, String message, List<String> items) implements Unsealed {}

    /**
     * It could not be opened now; trying again later may help.
     *
     * @param message why
     */
    record Unavailable(String message) implements Unsealed {}
}
