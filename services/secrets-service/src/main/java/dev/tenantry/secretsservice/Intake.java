package dev.tenantry.secretsservice;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.queue.OpeningQueue;

/**
 * Decides which SealedSecrets have a turn: those of this replica that are new or have changed, whose Secret is not as it was
 * written, or which a new key may open. Thread-safe.
 */
public final class Intake implements Ownership.Listener, SealedSecrets.Listener {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Ownership ownership;
    private final Objects objects;
    private final Turn turn;
    private final OpeningQueue queue;
    private final Corrections corrections;
    /** Whether keys and Secrets are known, before which nothing is opened. */
    private volatile boolean ready;

    public Intake(Ownership ownership, Objects objects, Turn turn, OpeningQueue queue, Corrections corrections) {
        this.ownership = ownership;
        this.objects = objects;
        this.turn = turn;
        this.queue = queue;
        this.corrections = corrections;
    }

    /** Begin, now that the keys, the SealedSecrets and the Secrets that there are have been told. */
    public void ready() {
        ready = true;
        resync();
    }

    @Override
    public void seen(@Nullable KnownSealedSecret before, KnownSealedSecret now, Manifest object) {
        NamespacedName name = now.name();
        if (!ready && !now.isSettled()) {
            // All that there are come at the start, and need not be read again.
            turn.bring(object);
            if (ready && ownership.owns(name) && !now.ending()) {
                // It became ready since, and may have asked before this was brought.
                queue.add(name);
            }
        } else if (!ready || !ownership.owns(name)) {
            // Nothing is kept that is not what was seen last.
            turn.forget(name);
        } else if (now.ending()) {
            gone(name);
        } else if (before == null ? needsTurn(now) : now.differsFrom(before)) {
            turn.bring(object);
            queue.add(name);
        }
    }

    /** Let go of a SealedSecret; its Secret is the garbage collector's. */
    @Override
    public void gone(NamespacedName name) {
        queue.forget(name);
        turn.forget(name);
        corrections.forget(name);
    }

    /** Take note of a Secret that was made or changed. */
    public void seen(LiveSecret secret) {
        ownKnown(secret.name(), sealed -> {
            if (!sealed.isIn(secret)) {
                correct(sealed, "was changed by others");
            }
        });
    }

    /** Take note of a Secret that is gone. */
    public void secretGone(NamespacedName name) {
        ownKnown(name, sealed -> correct(sealed, "was deleted"));
    }

    /** Try again what no key has opened so far. */
    public void keysChanged() {
        ask(sealed -> !sealed.isSettled());
    }

    /** Look at all that this replica owns, since it may have missed something. */
    public void resync() {
        gained(ownership.partitions());
    }

    @Override
    public void gained(Set<Integer> partitions) {
        ask(sealed -> partitions.contains(ownership.partitionOf(sealed.name())) && needsTurn(sealed));
        if (ready && !ownership.partitions().isEmpty()) {
            // What came before it was known whose they are is not to be kept for others.
            objects.sealedSecrets()
                    .all()
                    .stream()
                    .map(KnownSealedSecret::name)
                    .filter(name -> !ownership.owns(name))
                    .forEach(turn::forget);
        }
    }

    @Override
    public void lost(Set<Integer> partitions) {
        objects.sealedSecrets()
                .all()
                .stream()
                .map(KnownSealedSecret::name)
                .filter(name -> partitions.contains(ownership.partitionOf(name)))
                .forEach(this::gone);
    }

    private void ask(Predicate<KnownSealedSecret> wanted) {
        if (ready) {
            objects.sealedSecrets()
                    .all()
                    .stream()
                    .filter(sealed -> !sealed.ending() && ownership.owns(sealed.name()) && wanted.test(sealed))
                    .forEach(sealed -> queue.add(sealed.name()));
        }
    }

    private boolean needsTurn(KnownSealedSecret sealed) {
        return !sealed.isSettled()
                || objects.secrets()
                        .known(sealed.name())
                        .filter(sealed::isIn)
                        .isEmpty();
    }

    private void ownKnown(NamespacedName name, Consumer<KnownSealedSecret> action) {
        if (ready && ownership.owns(name)) {
            objects.sealedSecrets().known(name).filter(sealed -> !sealed.ending()).ifPresent(action);
        }
    }

    private void correct(KnownSealedSecret sealed, String what) {
        NamespacedName name = sealed.name();
        // Of one that is not settled, what was in the way may be gone, or its turn under way has read what is no more.
        if (sealed.isSettled()) {
            if (!corrections.areWanted()) {
                return;
            }
            turn.drifted(name);
        }
        Duration delay = corrections.delay(name);
        if (delay.isZero()) {
            queue.add(name);
        } else if (queue.addLater(name, delay)) {
            LOG.warnf("A Secret %s again and again, and is looked at later name=%s delay=%s", what, name, delay);
        }
    }
}
