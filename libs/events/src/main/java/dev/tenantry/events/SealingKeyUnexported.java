package dev.tenantry.events;

import java.time.Instant;

/**
 * A sealing key exists of which no export is known: without one, what is sealed for it is lost with the cluster.
 *
 * @param key the Secret that has the key
 * @param fingerprint the key, as OpenSSH writes its fingerprint: {@code SHA256:} and base64 without padding
 * @param foundAt when it was found
 */
public record SealingKeyUnexported(Subject key, String fingerprint, Instant foundAt) implements Event {

    public static final String TYPE = "dev.tenantry.sealing-key-unexported.v1";

    public SealingKeyUnexported {
        Require.present(key, "key");
        Require.fingerprint(fingerprint, "fingerprint");
        Require.present(foundAt, "foundAt");
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
        return key;
    }

    @Override
    public Instant occurredAt() {
        return foundAt;
    }
}
