package dev.tenantry.secretsservice.sealing;

import java.util.List;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.Fingerprint;

/** What came of sealing a SealedSecret anew. */
public sealed interface Resealed {

    /**
     * All its values are sealed with the newest key now.
     *
     * @param sealed the SealedSecret as it is to be; what was given when there was nothing to do
     * @param keys the keys that its values are sealed with now
     * @param items the keys of its data whose values were encrypted anew; none when all were under the newest key
     */
    record Done(Manifest sealed, List<Fingerprint> keys, List<String> items) implements Resealed {}

    /**
     * Some value cannot be opened, so that nothing was sealed anew.
     *
     * @param message what, why and what to do, without a word of any value
     * @param items the keys of its data that are concerned; may be empty
     */
    record Refused(Refusal reason, String message, List<String> items) implements Resealed {

        static Refused as(Unsealed.Refused refused) {
            return new Refused(refused.reason(), refused.message(), refused.items());
        }
    }
}
