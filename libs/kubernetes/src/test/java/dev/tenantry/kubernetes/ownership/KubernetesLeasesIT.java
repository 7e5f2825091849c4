package dev.tenantry.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;

class KubernetesLeasesIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final Duration DURATION = Duration.ofSeconds(15);
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    private final NamespacedName name = new NamespacedName(CLUSTER.newNamespace(), "reconciler");
    private final Leases leases = new KubernetesLeases(CLUSTER.client(), name);

    @Test
    void aLeaseIsWrittenAsKubernetesOwnControllersDo() {
        // When
        boolean written = leases.write(Optional.empty(), "replica-1", DURATION, NOON);

        // Then
        assertThat(written).isTrue();
        assertThat(spec().getHolderIdentity()).isEqualTo("replica-1");
        assertThat(spec().getLeaseDurationSeconds()).isEqualTo(15);
        assertThat(spec().getAcquireTime().toInstant()).isEqualTo(NOON);
        assertThat(spec().getRenewTime().toInstant()).isEqualTo(NOON);
        assertThat(spec().getLeaseTransitions()).isZero();
        assertThat(leases.read()).hasValueSatisfying(lease -> assertThat(lease.heldBy("replica-1")).isTrue());
    }

    @Test
    void whoWritesWhatAnotherHasWrittenMeanwhileLoses() {
        // Given
        leases.write(Optional.empty(), "replica-1", DURATION, NOON);
        Optional<HeldLease> seen = leases.read();
        leases.write(seen, "replica-2", DURATION, NOON.plusSeconds(20));

        // When
        boolean created = leases.write(Optional.empty(), "replica-3", DURATION, NOON.plusSeconds(21));
        boolean written = leases.write(seen, "replica-3", DURATION, NOON.plusSeconds(21));

        // Then
        assertThat(created).isFalse();
        assertThat(written).isFalse();
        assertThat(spec().getHolderIdentity()).isEqualTo("replica-2");
        assertThat(spec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void aRenewalKeepsTheTimeOfAcquisition() {
        // Given
        leases.write(Optional.empty(), "replica-1", DURATION, NOON);

        // When
        leases.write(leases.read(), "replica-1", DURATION, NOON.plusSeconds(2));

        // Then
        assertThat(spec().getAcquireTime().toInstant()).isEqualTo(NOON);
        assertThat(spec().getRenewTime().toInstant()).isEqualTo(NOON.plusSeconds(2));
        assertThat(spec().getLeaseTransitions()).isZero();
    }

    @Test
    void aLeaseThatWasGivenBackHasNoHolder() {
        // Given
        leases.write(Optional.empty(), "replica-1", DURATION, NOON);

        // When
        leases.release(leases.read().orElseThrow());

        // Then
        assertThat(leases.read()).hasValueSatisfying(lease -> assertThat(lease.holder()).isEmpty());
    }

    @Test
    void withoutABrokerOneReplicaOwnsAllAndAnotherTakesOverWhenItEnds() {
        // Given
        Ownership first = impatient();
        Ownership second = impatient();
        try (LeaseElection firsts = election(first, "replica-1")) {
            firsts.start();
            await().untilAsserted(() -> assertThat(first.partitions()).hasSize(64));

            // When
            try (LeaseElection seconds = election(second, "replica-2")) {
                seconds.start();
                await().during(Duration.ofSeconds(1)).until(() -> second.partitions().isEmpty());
                firsts.close();

                // Then
                await().untilAsserted(() -> assertThat(second.partitions()).hasSize(64));
                assertThat(first.partitions()).isEmpty();
            }
        }
    }

    @Test
    void theBrokersAnswerFreesTheLease() {
        // Given
        Ownership ownership = impatient();
        try (LeaseElection election = election(ownership, "replica-1")) {
            election.start();
            await().untilAsserted(() -> assertThat(ownership.partitions()).hasSize(64));

            // When
            ownership.assigned(List.of(1, 2));

            // Then
            await().untilAsserted(() -> assertThat(leases.read().flatMap(HeldLease::holder)).isEmpty());
            assertThat(ownership.partitions()).containsExactlyInAnyOrder(1, 2);
        }
    }

    private static Ownership impatient() {
        return new Ownership(64, key -> 0, Duration.ZERO, Clock.systemUTC());
    }

    private LeaseElection election(Ownership ownership, String identity) {
        var timing = new LeaseElection.Timing(Duration.ofSeconds(6), Duration.ofMillis(200));
        return new LeaseElection(ownership, leases, identity, timing, Clock.systemUTC());
    }

    private LeaseSpec spec() {
        return CLUSTER.client().leases().inNamespace(name.namespace()).withName(name.name()).get().getSpec();
    }
}
