package dev.tenantry.secretsservice.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.secretsservice.Intake;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.Meters;
import dev.tenantry.secretsservice.kube.KubernetesKeys;
import dev.tenantry.secretsservice.kube.KubernetesSealedSecrets;
import dev.tenantry.secretsservice.kube.KubernetesSecrets;

/** Follow keys, SealedSecrets and Secrets, and begin to open when all that there are have been told. */
@Singleton
class Watches {

    private static final Logger LOG = Logger.getLogger(Watches.class);

    private final Keys keys;
    private final KubernetesKeys storedKeys;
    private final KubernetesSealedSecrets sealedSecrets;
    private final KubernetesSecrets secrets;
    private final Meters meters;
    private final Deque<ObjectWatch> open = new ArrayDeque<>();
    private boolean closed;

    Watches(Keys keys, KubernetesKeys storedKeys, KubernetesSealedSecrets sealedSecrets, KubernetesSecrets secrets,
            Meters meters) {
        this.keys = keys;
        this.storedKeys = storedKeys;
        this.sealedSecrets = sealedSecrets;
        this.secrets = secrets;
        this.meters = meters;
    }

    /**
     * Start, and give what to close.
     *
     * @param keysChanged called when another key opens something, and when all keys have been told
     */
    AutoCloseable start(Intake intake, Runnable keysChanged) {
        ObjectWatch ofKeys = open(storedKeys.watch(keys, keysChanged));
        ObjectWatch ofSealedSecrets = open(sealedSecrets.watch(List.of(meters, intake)));
        // Of Secrets, those are remembered that have a SealedSecret: which they are has to be known before.
        ofSealedSecrets.whenSynced()
                .thenCompose(synced -> open(secrets.watch(intake)).whenSynced())
                .thenCombine(ofKeys.whenSynced(), (one, other) -> one)
                .whenComplete((synced, failure) -> {
                    if (failure == null) {
                        intake.ready();
                    } else {
                        LOG.debugf(failure, "secrets-service ended before all objects were told");
                    }
                });
        return this::close;
    }

    private synchronized ObjectWatch open(ObjectWatch watch) {
        open.push(watch);
        if (closed) {
            watch.close();
        }
        return watch;
    }

    private synchronized void close() {
        closed = true;
        open.forEach(ObjectWatch::close);
    }
}
