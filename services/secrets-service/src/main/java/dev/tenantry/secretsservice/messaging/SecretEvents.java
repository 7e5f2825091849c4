package dev.tenantry.secretsservice.messaging;

import java.time.Clock;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.events.SealingKeyUnexported;
import dev.tenantry.events.SecretUnsealed;
import dev.tenantry.events.Subject;
import dev.tenantry.events.UnsealFailed;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Observation;
import dev.tenantry.secretsservice.Observer;
import dev.tenantry.secretsservice.Outcome;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.key.Fingerprint;
import io.smallrye.common.annotation.Identifier;

/** Say to the others what is news about a SealedSecret, or a key. */
@Singleton
public class SecretEvents implements Observer {

    private final EventPublisher publisher;
    private final Clock clock;

    SecretEvents(EventPublisher publisher, @Identifier("secrets-service") Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void observed(Observation observation) {
        if (!observation.isNews()) {
            return;
        }
        Subject subject = subject(observation.sealed());
        publisher.publish(switch (observation.outcome()) {
            case Outcome.Synced synced -> new SecretUnsealed(subject,
                    synced.sealedWith().stream().map(Fingerprint::text).toList(), observation.endedAt());
            case Outcome.Failed failed -> new UnsealFailed(subject, failed.reason(), failed.items(),
                    observation.endedAt());
            case Outcome.Waiting waiting -> new UnsealFailed(subject, waiting.reason(), List.of(),
                    observation.endedAt());
        });
    }

    /** Say that a key is nowhere but in the cluster. */
    public void unexported(StoredKey key) {
        Subject secret = new Subject("", "Secret", key.key().secret().namespace(), key.key().secret().name(),
                key.uid());
        publisher.publish(new SealingKeyUnexported(secret, key.key().fingerprint().text(), clock.instant()));
    }

    private static Subject subject(KnownSealedSecret sealed) {
        return new Subject(SealedSecret.GROUP, SealedSecret.KIND, sealed.name().namespace(), sealed.name().name(),
                sealed.uid());
    }
}
