package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;

import dev.tenantry.testkit.api.FakeApiServer;

class RepeatedDiscoveryTest {

    private static final String GROUP = "example.org";

    private final AtomicLong clock = new AtomicLong();
    private final FakeApiServer server = new FakeApiServer(
            exchange -> FakeApiServer.json(exchange, 200, groups(exchange)));
    private final ObjectApi api = ObjectApi.connect(server.config());
    private final Discovery discovery = new Discovery(api, clock::get);
    private volatile String served = "";

    @AfterEach
    void close() {
        api.close();
        server.close();
    }

    @Test
    void missesWithinASecondShareAReading() {
        // Given
        serve("Widget", "v1");

        // When
        for (int i = 0; i < 20; i++) {
            assertThat(Stages.await(discovery.find(GROUP, "v1", "Missing" + i))).isEmpty();
            assertThat(Stages.await(discovery.closest(GROUP, "v1", "Missing" + i))).isEmpty();
        }

        // Then
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aMissIsLookedUpAgainAfterASecond() {
        // Given
        Stages.await(discovery.find(GROUP, "v1", "Widget"));
        serve("Widget", "v1");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

        // When
        Optional<ResourceType> widgets = Stages.await(discovery.find(GROUP, "v1", "Widget"));

        // Then
        assertThat(widgets).isPresent();
    }

    @Test
    void whatIsSaidToHaveChangedIsFoundAtOnce() {
        // Given
        Stages.await(discovery.find(GROUP, "v1", "Widget"));
        serve("Widget", "v1");
        Optional<ResourceType> before = Stages.await(discovery.find(GROUP, "v1", "Widget"));

        // When
        discovery.changed();
        Optional<ResourceType> after = Stages.await(discovery.find(GROUP, "v1", "Widget"));

        // Then
        assertThat(before).isEmpty();
        assertThat(after).isPresent();
    }

    @Test
    void aVersionThatIsServedNoMoreCostsOneReadingToFindThePreferredOne() {
        // Given
        serve("Widget", "v1");

        // When
        Optional<ResourceType> closest = Stages.await(discovery.closest(GROUP, "v1beta1", "Widget"));

        // Then
        assertThat(closest).map(ResourceType::version).contains("v1");
        assertThat(server.requests()).hasSize(2);
    }

    private void serve(String kind, String version) {
        served = """
                {"metadata":{"name":"%s"},"versions":[{"version":"%s","freshness":"Current","resources":[
                  {"resource":"widgets","responseKind":{"kind":"%s"},"scope":"Namespaced","verbs":["get"]}]}]}"""
                .formatted(GROUP, version, kind);
    }

    private String groups(HttpExchange exchange) {
        String items = exchange.getRequestURI().getPath().equals("/apis") ? served : "";
        return "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[%s]}".formatted(items);
    }
}
