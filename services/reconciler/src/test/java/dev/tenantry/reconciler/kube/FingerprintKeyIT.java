package dev.tenantry.reconciler.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;

class FingerprintKeyIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();

    private final ApiProxy proxy = ApiProxy.before(CLUSTER.kubeconfig());
    private final ObjectApi api = ObjectApi.of(proxy.newClient());
    private final String namespace = CLUSTER.newNamespace();

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void theKeyIsMadeOnceAndReadFromThenOn() throws InterruptedException {
        // Given
        byte[] made = FingerprintKey.await(api, namespace);

        // When
        byte[] read = FingerprintKey.await(api, namespace);

        // Then
        assertThat(read).hasSize(32).isEqualTo(made);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsWaitedForAndCostsNoOtherKey() throws InterruptedException {
        // Given
        byte[] made = FingerprintKey.await(api, namespace);
        proxy.when(Calls.to("get", "secrets")).times(6).answer(503);

        // When
        byte[] read = FingerprintKey.await(api, namespace);

        // Then
        assertThat(read).isEqualTo(made);
        assertThat(proxy.count("create", "secrets")).isEqualTo(1);
    }

    @Test
    void withoutTheRightToReadItTheKeyIsForThisProcessOnly() throws InterruptedException {
        // Given
        proxy.when(Calls.to("get", "secrets")).answer(403);

        // When
        byte[] one = FingerprintKey.await(api, namespace);
        byte[] other = FingerprintKey.await(api, namespace);

        // Then
        assertThat(one).hasSize(32).isNotEqualTo(other);
    }
}
