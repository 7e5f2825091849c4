package dev.tenantry.events;

import java.time.Instant;
import java.util.List;

/**
 * A Secret is as its SealedSecret says.
 *
 * @param sealedSecret the SealedSecret
 * @param fingerprints the sealing keys that its items were sealed for, each once, as OpenSSH writes the fingerprint of a
 *     key: {@code SHA256:} and base64 without padding; empty only if it has no items
 * @param unsealedAt when the Secret was written, or seen to be so already
 */
public record SecretUnsealed(Subject sealedSecret, List<String> fingerprints, Instant unsealedAt) implements Event {

    public static final String TYPE = "dev.tenantry.secret-unsealed.v1";

    public SecretUnsealed {
        Require.present(sealedSecret, "sealedSecret");
        fingerprints = List.copyOf(Require.present(fingerprints, "fingerprints"));
        fingerprints.forEach(fingerprint -> Require.fingerprint(fingerprint, "fingerprint"));
        Require.that(fingerprints.stream().distinct().count() == fingerprints.size(), "a fingerprint is repeated");
        Require.present(unsealedAt, "unsealedAt");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Topic topic() {
        return Topics.SECRETS;
    }

    @Override
    public Subject subject() {
        return sealedSecret;
    }

    @Override
    public Instant occurredAt() {
        return unsealedAt;
    }
}
