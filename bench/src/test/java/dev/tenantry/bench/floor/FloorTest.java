package dev.tenantry.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.tenantry.bench.meter.ApiRequests;
import dev.tenantry.bench.meter.Cost;
import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
import dev.tenantry.bench.workload.Application;

class FloorTest {

    @Test
    void objectsAreAppliedWhereTheApiServerHasThem() {
        // Given
        var objects = Application.number(7).rendered();
        objects.forEach(object -> object.getMetadata().setNamespace("somewhere"));

        // Then
        assertThat(objects).extracting(object -> Floor.Write.of(object).path())
                .containsExactly("/apis/apps/v1/namespaces/somewhere/deployments/app-00007-web",
                        "/api/v1/namespaces/somewhere/services/app-00007-web",
                        "/api/v1/namespaces/somewhere/serviceaccounts/app-00007-web",
                        "/apis/networking.k8s.io/v1/namespaces/somewhere/ingresses/app-00007-web");
        assertThat(Floor.Write.ofStatus(objects.getFirst()).path())
                .isEqualTo("/apis/apps/v1/namespaces/somewhere/deployments/app-00007-web/status");
    }

    @Test
    void theBestTimeIsWhatOthersAreComparedWith() {
        // Given
        Duration time = Duration.ofSeconds(30);
        var measured = new Phase("install", "what is measured", new Wall(time, time, time),
                new Cost(new TreeMap<>(), new TreeMap<>(), new ApiRequests(new TreeMap<>(), 0), Optional.empty()),
                Map.of());
        var sweep = new Floor.Sweep(new TreeMap<>(Map.of(4, Duration.ofSeconds(20), 8, Duration.ofSeconds(12))));

        // When
        Phase compared = sweep.besides(measured);

        // Then
        assertThat(compared.figures()).isEqualTo(Map.of("floor_s", 12.0, "floor_sweep_s", Map.of("4", 20.0, "8", 12.0),
                "times_floor", 2.5));
    }
}
