package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.health.LiveObjects.health;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.health.Health.Current;
import dev.tenantry.kubernetes.health.Health.InProgress;

class StorageAndNetworkHealthTest {

    @Test
    void aClaimIsCurrentWhenBound() {
        assertThat(health("v1", "PersistentVolumeClaim", "")).isEqualTo(new InProgress("not bound, but unknown"));
        assertThat(health("v1", "PersistentVolumeClaim", "status: {phase: Pending}"))
                .isEqualTo(new InProgress("not bound, but Pending"));
        assertThat(health("v1", "PersistentVolumeClaim", "status: {phase: Bound}")).isEqualTo(new Current());
    }

    @Test
    void aLoadBalancerIsCurrentWithItsClusterAddress() {
        assertThat(health("v1", "Service", "spec: {type: LoadBalancer}"))
                .isEqualTo(new InProgress("no cluster IP yet"));
        assertThat(health("v1", "Service", "spec: {type: LoadBalancer, clusterIP: 10.0.0.1}")).isEqualTo(new Current());
    }

    @Test
    void otherServicesAreCurrentOnceTheyExist() {
        assertThat(health("v1", "Service", "spec: {type: ExternalName}")).isEqualTo(new Current());
        assertThat(health("v1", "Service", "spec: {clusterIP: None}")).isEqualTo(new Current());
    }
}
