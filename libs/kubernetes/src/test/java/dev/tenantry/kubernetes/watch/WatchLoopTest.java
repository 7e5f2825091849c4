package dev.tenantry.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.testkit.api.FakeApiServer;

class WatchLoopTest {

    private static final ResourceType WIDGETS = ResourceType.namespaced("example.org", "v1", "Widget", "widgets");
    private static final WatchTiming IMPATIENT = new WatchTiming(
            Duration.ofMinutes(1),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            100);

    private final Told<ObjectMetadata> told = Told.metadata();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();

    @Test
    void aBookmarkMovesTheVersionFromWhichAWatchGoesOn() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (!isWatch(exchange)) {
                FakeApiServer.json(exchange, 200, list("10", "", item("a", "5")));
            } else if (watches.getAndIncrement() == 0) {
                events(exchange, event("BOOKMARK", "\"resourceVersion\":\"20\""));
            } else {
                stayOpen(exchange);
            }
        }); ObjectApi api = ObjectApi.connect(server.config()); ObjectWatch watch = start(api)) {
            // When
            await().until(() -> server.requests().size() == 3);

            // Then
            assertThat(server.requests().get(1)).contains("resourceVersion=10").contains("allowWatchBookmarks=true");
            assertThat(server.requests().get(2)).contains("resourceVersion=20");
            assertThat(told.events()).containsExactly("+a", "synced");
        }
    }

    @Test
    void aListWhosePagesExpireIsAskedForInOnePiece() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            String query = exchange.getRequestURI().toString();
            if (isWatch(exchange)) {
                stayOpen(exchange);
            } else if (query.contains("continue=")) {
                FakeApiServer.status(exchange, 410, "Expired");
            } else if (query.contains("limit=")) {
                FakeApiServer.json(exchange, 200, list("10", "next", item("a", "5"), item("b", "5")));
            } else {
                FakeApiServer.json(exchange, 200, list("11", "", item("a", "5"), item("c", "11")));
            }
        }); ObjectApi api = ObjectApi.connect(server.config()); ObjectWatch watch = start(api)) {
            // When
            Told.awaitSynced(watch.whenSynced());

            // Then
            assertThat(told.events()).containsExactly("+a", "+b", "+c", "-b", "synced");
        }
    }

    @Test
    void aWatchThatCannotGoOnFromItsVersionListsAgain() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (!isWatch(exchange)) {
                boolean first = lists.getAndIncrement() == 0;
                FakeApiServer.json(exchange, 200,
                        first ? list("10", "", item("a", "5")) : list("30", "", item("b", "30")));
            } else if (watches.getAndIncrement() == 0) {
                FakeApiServer.status(exchange, 410, "Expired");
            } else {
                stayOpen(exchange);
            }
        }); ObjectApi api = ObjectApi.connect(server.config()); ObjectWatch watch = start(api)) {
            // Then
            await().untilAsserted(
                    () -> assertThat(told.events()).containsExactly("+a", "synced", "+b", "-a", "synced"));
        }
    }

    @Test
    void aLongLineThatComesInPiecesIsOneEvent() {
        // Given
        String padding = "x".repeat(300_000);
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (!isWatch(exchange)) {
                FakeApiServer.json(exchange, 200, list("10", ""));
            } else {
                events(
                        exchange,
                        event("ADDED",
                                "\"name\":\"a\",\"resourceVersion\":\"11\",\"annotations\":{\"p\":\"" + padding
                                        + "\"}"),
                        event("MODIFIED", "\"name\":\"a\",\"resourceVersion\":\"12\""));
                stayOpen(exchange);
            }
        }); ObjectApi api = ObjectApi.connect(server.config()); ObjectWatch watch = start(api)) {
            // Then
            await().untilAsserted(() -> assertThat(told.events()).startsWith("synced", "+a", "~a"));
        }
    }

    @Test
    void anEventThatIsCutOffIsNotTold() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (!isWatch(exchange)) {
                FakeApiServer.json(exchange, 200, list("10", ""));
            } else if (watches.getAndIncrement() == 0) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("{\"type\":\"ADDED\",\"obj".getBytes(StandardCharsets.UTF_8));
            } else {
                events(exchange, event("ADDED", "\"name\":\"a\",\"resourceVersion\":\"11\""));
                stayOpen(exchange);
            }
        }); ObjectApi api = ObjectApi.connect(server.config()); ObjectWatch watch = start(api)) {
            // When
            await().until(() -> told.events().contains("+a"));

            // Then
            assertThat(told.events()).startsWith("synced", "cut")
                    .filteredOn(event -> !event.equals("cut"))
                    .containsExactly("synced", "+a");
        }
    }

    @Test
    void aForbiddenWatchIsTriedAgainAndAgain() {
        try (FakeApiServer server = new FakeApiServer(exchange -> FakeApiServer.status(exchange, 403, "Forbidden"));
                ObjectApi api = ObjectApi.connect(server.config());
                ObjectWatch watch = start(api)) {
            // When
            await().until(() -> server.requests().size() >= 5);

            // Then
            assertThat(told.events()).isNotEmpty().allMatch("cut"::equals);
        }
    }

    @Test
    void pausesGrowToTheirBound() {
        // When
        List<Long> pauses = IntStream.range(0, 100)
                .mapToObj(failures -> WatchTiming.DEFAULT.pauseAfter(failures).toMillis())
                .toList();

        // Then
        assertThat(pauses.getFirst()).isBetween(125L, 250L);
        assertThat(pauses.get(3)).isBetween(1_000L, 2_000L);
        assertThat(pauses.subList(7, 100)).allMatch(pause -> pause >= 15_000 && pause <= 30_000);
    }

    @Test
    void aThousandWatchesHoldNoThreadEach() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            if (!isWatch(exchange)) {
                FakeApiServer.json(exchange, 200, list("10", ""));
            } else {
                stayOpen(exchange);
            }
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            int before = Thread.activeCount();

            // When
            List<ObjectWatch> all = IntStream.range(0, 1000).mapToObj(i -> start(api)).toList();
            all.forEach(watch -> Told.awaitSynced(watch.whenSynced()));

            // Then
            assertThat(Thread.activeCount()).isLessThan(before + 50);
            all.forEach(ObjectWatch::close);
        }
    }

    private ObjectWatch start(ObjectApi api) {
        return ObjectWatch.ofMetadata(api, WIDGETS, WatchScope.everywhere(), told, IMPATIENT);
    }

    private static boolean isWatch(HttpExchange exchange) {
        return exchange.getRequestURI().toString().contains("watch=true");
    }

    private static String item(String name, String version) {
        return "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%s\"}}".formatted(name, version);
    }

    private static String list(String version, String next, String... items) {
        return "{\"kind\":\"PartialObjectMetadataList\",\"metadata\":{\"resourceVersion\":\"%s\",\"continue\":\"%s\"},\"items\":[%s]}"
                .formatted(version, next, String.join(",", items));
    }

    private static String event(String type, String metadata) {
        return "{\"type\":\"%s\",\"object\":{\"metadata\":{%s}}}\n".formatted(type, metadata);
    }

    private static void events(HttpExchange exchange, String... lines) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (String line : lines) {
            exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static void stayOpen(HttpExchange exchange) throws IOException {
        if (exchange.getResponseCode() < 0) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
        }
        try {
            Thread.sleep(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
