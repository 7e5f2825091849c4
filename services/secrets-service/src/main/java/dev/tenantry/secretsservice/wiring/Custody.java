package dev.tenantry.secretsservice.wiring;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.secretsservice.kube.KubernetesKeys;
import dev.tenantry.secretsservice.rotation.KeyCustodian;
import io.smallrye.common.annotation.Identifier;

/** Look after the keys, on the one replica that owns them: whenever something changes, and now and then. */
@Singleton
class Custody implements Ownership.Listener, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Custody.class);
    private static final long MINUTES = 1;

    private final KeyCustodian custodian;
    private final KubernetesKeys keys;
    private final Ownership ownership;
    // A new key takes seconds of a processor.
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("secrets-service-keys").daemon().factory());

    Custody(KeyCustodian custodian, KubernetesKeys keys, @Identifier(Parts.SERVICE) Ownership ownership) {
        this.custodian = custodian;
        this.keys = keys;
        this.ownership = ownership;
    }

    void start() {
        ownership.listen(this);
        executor.scheduleWithFixedDelay(this::look, 0, MINUTES, TimeUnit.MINUTES);
    }

    /** Look soon. */
    void soon() {
        try {
            executor.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debugf(e, "secrets-service is ending: keys are looked at no more");
        }
    }

    @Override
    public void gained(Set<Integer> partitions) {
        soon();
    }

    @Override
    public void lost(Set<Integer> partitions) {
        // Whether it is ours is asked at each look.
    }

    private void look() {
        try {
            custodian.look(() -> ownership.owns(keys.all()));
        } catch (RuntimeException e) {
            LOG.error("Sealing keys could not be looked after, by a defect of this service", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
