package dev.tenantry.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.bench.workload.Application;

class FloorTest {

    @Test
    void objectsAreAppliedWhereTheApiServerHasThem() {
        // Given
        var objects = Application.number(7).rendered();
        objects.forEach(object -> object.getMetadata().setNamespace("somewhere"));

        // Then
        assertThat(objects).extracting(Floor::path)
                .containsExactly("/apis/apps/v1/namespaces/somewhere/deployments/app-00007-web",
                        "/api/v1/namespaces/somewhere/services/app-00007-web",
                        "/api/v1/namespaces/somewhere/serviceaccounts/app-00007-web",
                        "/apis/networking.k8s.io/v1/namespaces/somewhere/ingresses/app-00007-web");
    }
}
