package dev.tenantry.gitwatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.tenantry.gitwatcher.Hooks;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.Sources;
import dev.tenantry.gitwatcher.poll.Limits;
import dev.tenantry.gitwatcher.poll.Pace;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.testkit.kafka.Broker;

class BrokerLinkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Clock clock = Clock.systemUTC();
    private final Ownership ownership = new Ownership(1, any -> 0, Duration.ofMinutes(1), clock);
    private final AtomicInteger looksAtSources = new AtomicInteger();
    private final AtomicInteger looksAtHooks = new AtomicInteger();
    private final OwnedSources sources = new OwnedSources(ownership, schedule(),
            counted(Sources.class, looksAtSources), clock);
    private final OwnedHooks hooks = new OwnedHooks(ownership, schedule(), counted(Hooks.class, looksAtHooks), clock);

    @Test
    void whenTheBrokerReturnsSourcesAndReceiversAreLookedAtAgain() throws Exception {
        try (Broker broker = Broker.start()) {
            // Given
            broker.stop();
            BrokerLink link = new BrokerLink(Map.of("bootstrap.servers", broker.bootstrapServers()), ownership, sources,
                    hooks, clock);
            try (AutoCloseable watch = link.start()) {
                assertThat(link.describe()).startsWith("does not answer since");
                assertThat(List.of(looksAtSources.get(), looksAtHooks.get())).containsOnly(1);

                // When
                broker.restart();

                // Then
                await().atMost(PATIENCE).until(() -> looksAtSources.get() == 2 && looksAtHooks.get() == 2);
                assertThat(link.describe()).isEqualTo("answers");
            }
        }
    }

    private Schedule schedule() {
        return new Schedule(new Limits(1, 1, 1), new Pace(0, Duration.ofSeconds(1), Duration.ofSeconds(1)), clock,
                new Random(1));
    }

    /** Be empty, and count how often that was asked. */
    private static <T> T counted(Class<T> type, AtomicInteger count) {
        return type
                .cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, arguments) -> {
                    count.incrementAndGet();
                    return List.of();
                }));
    }
}
