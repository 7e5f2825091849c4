package dev.tenantry.secretsservice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.secretsservice.queue.OpeningQueue.Next;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** The turn of a SealedSecret, from what it says to its status. Thread-safe; of one name one turn at a time. */
public final class Turn {

    private static final Logger LOG = Logger.getLogger(Turn.class);

    private final SealedSecrets sealedSecrets;
    private final Opener opener;
    private final Statuses statuses;
    private final List<Observer> observers;
    private final Clock clock;
    private final Fresh fresh = new Fresh();
    private final Set<NamespacedName> drifted = ConcurrentHashMap.newKeySet();

    public Turn(SealedSecrets sealedSecrets, Opener opener, List<Observer> observers, Clock clock) {
        this.sealedSecrets = sealedSecrets;
        this.opener = opener;
        this.statuses = new Statuses(clock);
        this.observers = List.copyOf(observers);
        this.clock = clock;
    }

    /** Keep what a watch brought, for the turn that follows. */
    void bring(Manifest object) {
        fresh.put(object);
    }

    /** Remember that the next turn is due to a change of the Secret. */
    void drifted(NamespacedName name) {
        drifted.add(name);
    }

    void forget(NamespacedName name) {
        fresh.take(name);
        drifted.remove(name);
    }

    /** Take the turn. */
    public Next take(NamespacedName name) {
        boolean drift = drifted.remove(name);
        try {
            Optional<Manifest> object = fresh.take(name).or(() -> sealedSecrets.read(name));
            return object.isEmpty() ? Next.REST : take(object.get(), drift);
        } catch (ApiException e) {
            LOG.warnf("A SealedSecret could not be worked on, and is tried again name=%s cause=%s", name,
                    e.error().message());
            return Next.RETRY;
        }
    }

    private Next take(Manifest object, boolean drift) {
        SealedContent content = SealedContent.of(object);
        KnownSealedSecret sealed = KnownSealedSecret.of(object, content);
        if (sealed.ending()) {
            return Next.REST;
        }
        Instant begun = clock.instant();
        Outcome outcome = opener.open(content);
        Said said = statuses.of(sealed, outcome).map(status -> write(sealed, status)).orElse(Said.YES);
        if (said == Said.OUTDATED) {
            // What it says now has a turn of its own, here or on another replica.
            return Next.REST;
        }
        Instant ended = clock.instant();
        Observation observation = new Observation(sealed, sealed.synced(), outcome, drift, ended,
                Duration.between(begun, ended));
        observers.forEach(observer -> observer.observed(observation));
        return said == Said.NO || outcome instanceof Outcome.Waiting ? Next.RETRY : Next.REST;
    }

    /** Whether the status says what came of a turn. */
    private enum Said {
        YES, NO,
        /** The SealedSecret is gone, or says something else by now. */
        OUTDATED
    }

    private Said write(KnownSealedSecret sealed, ObjectNode status) {
        if (sealedSecrets.write(sealed, status).isPresent()) {
            return Said.YES;
        }
        // A label may have changed, which brings no other turn; a change of what it says does.
        Optional<KnownSealedSecret> now = sealedSecrets.read(sealed.name())
                .map(object -> KnownSealedSecret.of(object, SealedContent.of(object)));
        if (now.isEmpty() || now.get().differsFrom(sealed)) {
            return Said.OUTDATED;
        }
        return sealedSecrets.write(now.get(), status).isPresent() ? Said.YES : Said.NO;
    }
}
