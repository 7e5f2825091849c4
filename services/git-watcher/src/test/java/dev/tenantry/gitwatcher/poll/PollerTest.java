package dev.tenantry.gitwatcher.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class PollerTest {

    private static final NamespacedName APPS = new NamespacedName("biology", "apps");
    private static final NamespacedName TOOLS = new NamespacedName("physics", "tools");

    private final Pace quick = new Pace(0, Duration.ofMillis(10), Duration.ofMillis(20));
    private final Schedule schedule = new Schedule(
            new Limits(8, 2, 8), quick, Clock.systemUTC(), new Random(1));

    @Test
    void aLookThatBlocksDelaysNoOther() throws Exception {
        // Given
        CountDownLatch blocked = new CountDownLatch(1);
        Queue<NamespacedName> done = new ConcurrentLinkedQueue<>();
        try (Poller poller = new Poller(schedule, work -> {
            if (work.source().equals(APPS)) {
                awaitQuietly(blocked);
            }
            done.add(work.source());
            return new Next.OnChange();
        })) {
            poller.start();

            // When
            track(APPS);
            track(TOOLS);

            // Then
            await().until(() -> done.contains(TOOLS));
            assertThat(done).doesNotContain(APPS);
            blocked.countDown();
            await().until(() -> done.contains(APPS));
        }
    }

    @Test
    void aLookThatThrowsIsRetried() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        try (Poller poller = new Poller(schedule, work -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return new Next.OnChange();
        })) {
            poller.start();

            // When
            track(APPS);

            // Then
            await().until(() -> tries.get() == 2);
        }
    }

    @Test
    void anIntervalPassesWithoutAnyRequest() {
        // Given
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = new Poller(schedule, work -> {
            looks.incrementAndGet();
            return new Next.AfterInterval(Duration.ofMillis(20));
        })) {
            poller.start();

            // When
            track(APPS);

            // Then
            await().until(() -> looks.get() >= 3);
        }
    }

    @Test
    void anIntervalOfCenturiesStopsNoOtherSource() {
        // Given
        AtomicInteger looks = new AtomicInteger();
        try (Poller poller = new Poller(schedule, work -> {
            if (work.source().equals(TOOLS)) {
                looks.incrementAndGet();
            }
            return new Next.AfterInterval(Duration.ofDays(400 * 365));
        })) {
            poller.start();
            track(APPS);
            track(TOOLS);
            await().until(() -> looks.get() == 1);

            // When
            track(TOOLS);

            // Then
            await().until(() -> looks.get() == 2);
        }
    }

    private void track(NamespacedName source) {
        schedule.track(source, source.toString(), new Trigger(Cause.SPEC, Clock.systemUTC().instant()));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
