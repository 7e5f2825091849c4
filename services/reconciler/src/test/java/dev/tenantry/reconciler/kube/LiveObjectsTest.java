package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.testkit.api.FakeApiServer;

class LiveObjectsTest {

    private static final ResourceType OLD = ResourceType.namespaced("example.org", "v1beta1", "Widget", "widgets");
    private static final ResourceType NEW = ResourceType.namespaced("example.org", "v1", "Widget", "widgets");

    private final Manifest widget = Manifest
            .of(Manifest.skeleton("example.org/v1", "Widget", new NamespacedName("team", "w")))
            .withLabels(OwnerLabels.of(new NamespacedName("team", "apps")))
            .with(json -> {
                json.withObjectProperty("metadata").put("uid", "uid").put("resourceVersion", "5");
                return json;
            });
    /** Open until a version is served no more. */
    private final Map<String, CountDownLatch> served = Map.of("v1beta1", new CountDownLatch(1),
            "v1", new CountDownLatch(1));
    private final FakeApiServer server = new FakeApiServer(this::respond);
    private final ObjectApi api = ObjectApi.connect(server.config());
    /** Whether the newer version was followed still, each time that an object was told to be gone. */
    private final List<Boolean> gone = new CopyOnWriteArrayList<>();
    private final LiveObjects live = new LiveObjects(api, (owner, ref, now) -> {
        if (now == null) {
            gone.add(this.live.knows(NEW));
        }
    });

    @AfterEach
    void close() {
        live.close();
        served.values().forEach(CountDownLatch::countDown);
        api.close();
        server.close();
    }

    @Test
    void objectsAreGoneWithTheLastOfTheirKindsVersionsOnly() {
        // Given
        answer(live.follow(OLD));
        answer(live.follow(NEW));
        assertThat(live.find(widget.ref())).isPresent();
        served.get("v1beta1").countDown();
        await().until(() -> !live.knows(OLD));

        // When
        served.get("v1").countDown();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(live.find(widget.ref())).isEmpty());
        assertThat(gone).containsExactly(false);
    }

    private void respond(HttpExchange exchange) throws IOException {
        String version = exchange.getRequestURI().getPath().split("/")[3];
        CountDownLatch ends = served.get(version);
        if (exchange.getRequestURI().getQuery().contains("watch=true")) {
            try {
                ends.await();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
        if (ends.getCount() == 0) {
            FakeApiServer.json(exchange, 404, """
                    {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}""");
        } else {
            FakeApiServer.json(exchange, 200, """
                    {"metadata":{"resourceVersion":"10"},"items":[%s]}""".formatted(widget.toJson()));
        }
    }
}
