package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.api.FakeApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

class ApiCallTest {

    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final ObjectPath WEB = CONFIG_MAPS.at("team", "web");
    private static final String OBJECT = "{\"kind\":\"ConfigMap\"}";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void anOverloadedServerIsLeftAloneForAsLongAsItSays() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (asked.getAndIncrement() == 0) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                FakeApiServer.status(exchange, 429, "TooManyRequests");
            } else {
                FakeApiServer.json(exchange, 200, OBJECT);
            }
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            long began = System.nanoTime();

            // When
            Optional<ObjectNode> read = Stages.await(api.get(WEB));

            // Then
            assertThat(read).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void aCreateIsRepeatedWhenTheServerHadNotBegun() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (asked.getAndIncrement() < 2) {
                FakeApiServer.status(exchange, 429, "TooManyRequests");
            } else {
                FakeApiServer.json(exchange, 201, OBJECT);
            }
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            Stages.await(api.create(CONFIG_MAPS, "team", web().json()));

            // Then
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aPauseThatOutlastsTheDeadlineIsNotWaitedFor() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            FakeApiServer.status(exchange, 429, "TooManyRequests");
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            ApiError error = Stages.failure(api.get(WEB));

            // Then
            assertThat(error.isTooMany()).isTrue();
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aFailingServerIsNotAskedAgain() {
        try (FakeApiServer server = new FakeApiServer(exchange -> FakeApiServer.status(exchange, 500, "InternalError"));
                ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            ApiError error = Stages.failure(api.get(WEB));

            // Then
            assertThat(error.isTransient()).isTrue();
            assertThat(error.reason()).isEqualTo("InternalError");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsNotThereYetIsWaitedFor() throws IOException {
        // Given
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        FakeApiServer.Answers answers = exchange -> FakeApiServer.json(exchange, 200, OBJECT);
        try (ObjectApi api = ObjectApi.connect(
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .build())) {
            CompletionStage<Optional<ObjectNode>> reading = api.get(WEB);
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);

            // When
            try (FakeApiServer server = new FakeApiServer(port, answers)) {
                // Then
                assertThat(Stages.await(reading)).isPresent();
            }
        }
    }

    @Test
    void aServerThatNeverComesIsReportedAsUnreachable() throws IOException {
        // Given
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ObjectApi api = ObjectApi.connect(
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .build())) {
            // When
            ApiError error = Stages.failure(api.within(Duration.ofMillis(500)).get(WEB));

            // Then
            assertThat(error.reason()).isEqualTo(ApiError.UNREACHABLE);
            assertThat(error.isTransport()).isTrue();
        }
    }

    @Test
    void aServerThatDoesNotAnswerMeetsTheDeadline() {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            ApiError error = Stages.failure(api.within(Duration.ofMillis(300)).get(WEB));

            // Then
            assertThat(error.reason()).isEqualTo(ApiError.TIMEOUT);
            over.countDown();
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsReported() {
        try (FakeApiServer server = new FakeApiServer(exchange -> FakeApiServer.json(exchange, 200, "<html>"));
                ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            ApiError error = Stages.failure(api.get(WEB));

            // Then
            assertThat(error.reason()).isEqualTo(ApiError.BROKEN);
        }
    }

    @Test
    void aProxysPlainTextIsQuoted() {
        try (FakeApiServer server = new FakeApiServer(exchange -> FakeApiServer.json(exchange, 400, "no route\n"));
                ObjectApi api = ObjectApi.connect(server.config())) {
            // When
            ApiError error = Stages.failure(api.get(WEB));

            // Then
            assertThat(error.message()).isEqualTo("GET /api/v1/namespaces/team/configmaps/web: HTTP 400: no route");
        }
    }

    @Test
    void namesAreEncodedInPaths() {
        try (FakeApiServer server = new FakeApiServer(exchange -> FakeApiServer.json(exchange, 200, OBJECT));
                ObjectApi api = ObjectApi.connect(server.config())) {
            // Given
            ResourceType roles = ResourceType
                    .clusterScoped("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles");

            // When
            Stages.await(api.get(roles.at("", "system:a/../b c")));

            // Then
            assertThat(server.requests())
                    .containsExactly("GET /apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aa%2F..%2Fb%20c");
        }
    }

    private static Manifest web() {
        return Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("team", "web")));
    }
}
