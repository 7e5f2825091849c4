package dev.tenantry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.api.FakeApiServer;

class AuthorizedCallerTest {

    private static final int AT_ONCE = 8;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final FakeApiServer server = new FakeApiServer(this::refuse);
    private final ObjectApi api = ObjectApi.connect(server.config());
    private final Caller stranger = new AuthorizedCaller(new Identity.User("stranger", "", List.of(), Map.of()),
            new Authorizer(api, Duration.ofSeconds(10)));

    @AfterEach
    void close() {
        api.close();
        server.close();
    }

    @Test
    void whoeverAsksForALongListKeepsTheApiServerFreeForOthers() {
        // Given
        List<Integer> items = IntStream.range(0, 300).boxed().toList();

        // When
        List<Integer> visible = stranger
                .visible(items, i -> new Permission("get", "", "configmaps", "team-" + i % 50, "app-" + i))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        // Then
        assertThat(visible).isEmpty();
        assertThat(server.requests()).hasSize(1 + 50);
        assertThat(mostOpen.get()).isLessThanOrEqualTo(AT_ONCE);
    }

    /** Take a moment, in which all that are asked at once arrive, and refuse. */
    private void refuse(HttpExchange exchange) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            open.decrementAndGet();
        }
        FakeApiServer.json(exchange, 201, "{\"status\": {\"allowed\": false}}");
    }
}
