package dev.tenantry.kubernetes.ownership;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

import dev.tenantry.kubernetes.NamespacedName;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The Lease in {@code coordination.k8s.io/v1}, named after the service. */
final class KubernetesLeases implements Leases {

    private final KubernetesClient client;
    private final NamespacedName name;

    /** Use the Lease of this name with this client's account. */
    KubernetesLeases(KubernetesClient client, NamespacedName name) {
        this.client = client;
        this.name = name;
    }

    @Override
    public Optional<HeldLease> read() {
        return Optional.ofNullable(resource().get()).map(KubernetesLeases::held);
    }

    @Override
    public boolean write(Optional<HeldLease> found, String holder, Duration duration, Instant now) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        boolean renewal = found.filter(lease -> lease.heldBy(holder)).isPresent();
        if (found.isEmpty()) {
            return unlessConflict(() -> client.resource(new LeaseBuilder().withNewMetadata()
                    .withNamespace(name.namespace())
                    .withName(name.name())
                    .endMetadata()
                    .withNewSpec()
                    .withHolderIdentity(holder)
                    .withLeaseDurationSeconds((int) duration.toSeconds())
                    .withAcquireTime(time)
                    .withRenewTime(time)
                    .withLeaseTransitions(0)
                    .endSpec()
                    .build()).create());
        }
        Lease current = resource().get();
        if (current == null || !held(current).equals(found.get())) {
            return false;
        }
        int transitions = Optional.ofNullable(current.getSpec().getLeaseTransitions()).orElse(0);
        Lease next = new LeaseBuilder(current).editSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) duration.toSeconds())
                .withRenewTime(time)
                .withAcquireTime(renewal ? current.getSpec().getAcquireTime() : time)
                .withLeaseTransitions(renewal ? transitions : transitions + 1)
                .endSpec()
                .build();
        return unlessConflict(() -> client.resource(next).update());
    }

    @Override
    public void release(HeldLease held) {
        Lease current = resource().get();
        if (current != null && held(current).equals(held)) {
            unlessConflict(() -> client
                    .resource(new LeaseBuilder(current).editSpec().withHolderIdentity(null).endSpec().build())
                    .update());
        }
    }

    private Resource<Lease> resource() {
        return client.leases().inNamespace(name.namespace()).withName(name.name());
    }

    private static HeldLease held(Lease lease) {
        var spec = Optional.ofNullable(lease.getSpec());
        return new HeldLease(spec.map(s -> s.getHolderIdentity()).filter(holder -> !holder.isEmpty()),
                Duration.ofSeconds(spec.map(s -> s.getLeaseDurationSeconds()).orElse(0)),
                lease.getMetadata().getResourceVersion());
    }

    private static boolean unlessConflict(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
