package dev.tenantry.gitwatcher.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.time.MovableClock;

class ScheduleTest {

    private static final Next IN_A_MINUTE = new Next.AfterInterval(Duration.ofMinutes(1));
    private static final NamespacedName APPS = new NamespacedName("biology", "apps");

    private final MovableClock clock = new MovableClock();
    private final Pace exact = new Pace(0, Duration.ofSeconds(2), Duration.ofSeconds(10));
    private final Schedule schedule = new Schedule(new Limits(4, 2, 3), exact, clock, new Random(1));

    @Test
    void aNewSourceIsLookedAtAtOnce() {
        // Given
        track(APPS);

        // When
        var work = schedule.poll();

        // Then
        assertThat(work).hasValueSatisfying(it -> {
            assertThat(it.source()).isEqualTo(APPS);
            assertThat(it.trigger().cause()).isEqualTo(Cause.SPEC);
        });
    }

    @Test
    void theNextLookComesAfterTheInterval() {
        // Given
        track(APPS);
        schedule.finished(take(), IN_A_MINUTE);

        // When
        clock.forward(Duration.ofSeconds(59));
        var early = schedule.poll();
        clock.forward(Duration.ofSeconds(1));
        var due = schedule.poll();

        // Then
        assertThat(early).isEmpty();
        assertThat(due).hasValueSatisfying(work -> assertThat(work.trigger().cause()).isEqualTo(Cause.INTERVAL));
    }

    @Test
    void retriesComeAfterDoublingTimesUpToTheBound() {
        // Given
        track(APPS);
        List<Integer> waits = new ArrayList<>();

        // When
        Work work = take();
        for (int failure = 0; failure < 5; failure++) {
            schedule.finished(work, new Next.Retry());
            int seconds = 0;
            var retry = schedule.poll();
            while (retry.isEmpty()) {
                clock.forward(Duration.ofSeconds(1));
                seconds++;
                retry = schedule.poll();
            }
            waits.add(seconds);
            work = retry.get();
        }

        // Then
        assertThat(waits).containsExactly(2, 4, 8, 10, 10);
    }

    @Test
    void aSuccessEndsTheDoubling() {
        // Given
        track(APPS);
        schedule.finished(take(), new Next.Retry());
        clock.forward(Duration.ofSeconds(2));
        schedule.finished(take(), new Next.Retry());
        clock.forward(Duration.ofSeconds(4));
        schedule.finished(take(), IN_A_MINUTE);
        clock.forward(Duration.ofMinutes(1));

        // When
        schedule.finished(take(), new Next.Retry());

        // Then
        clock.forward(Duration.ofSeconds(2));
        assertThat(schedule.poll()).isPresent();
    }

    @Test
    void aRequestOverridesTheWaitAfterAFailure() {
        // Given
        track(APPS);
        schedule.finished(take(), new Next.Retry());

        // When
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, clock.instant()));

        // Then
        assertThat(take().trigger().cause()).isEqualTo(Cause.WEBHOOK);
    }

    @Test
    void requestsForAQueuedSourceAreOneLook() {
        // Given
        track(APPS);

        // When
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, clock.instant()));
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, clock.instant()));

        // Then
        schedule.finished(take(), IN_A_MINUTE);
        assertThat(schedule.poll()).isEmpty();
        assertThat(schedule.coalesced()).isEqualTo(2);
    }

    @Test
    void aPushDuringALookIsFollowedByAnotherLook() {
        // Given
        track(APPS);
        Work first = take();
        clock.forward(Duration.ofMillis(5));
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, clock.instant()));
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, clock.instant()));

        // When
        schedule.finished(first, IN_A_MINUTE);

        // Then
        schedule.finished(take(), IN_A_MINUTE);
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void aRequestFromBeforeTheLookIsAnsweredByIt() {
        // Given
        var before = clock.instant();
        clock.forward(Duration.ofMillis(5));
        track(APPS);
        Work first = take();

        // When
        schedule.request(APPS, new Trigger(Cause.WEBHOOK, before));

        // Then
        schedule.finished(first, IN_A_MINUTE);
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void aChangedSpecDuringALookIsAlwaysFollowedByAnother() {
        // Given
        track(APPS);
        Work first = take();

        // When
        track(APPS);

        // Then
        schedule.finished(first, IN_A_MINUTE);
        assertThat(schedule.poll()).isPresent();
    }

    @Test
    void aSourceThatOnlyAChangeHelpsIsLeftAlone() {
        // Given
        track(APPS);

        // When
        schedule.finished(take(), new Next.OnChange());

        // Then
        clock.forward(Duration.ofDays(1));
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void aHostAtItsLimitLeavesRoomForOthers() {
        // Given
        for (String team : List.of("biology", "physics", "chemistry", "history")) {
            schedule.track(new NamespacedName(team, "apps"), "slow.example.org", spec());
        }
        Work first = take();
        take();
        take();

        // When
        schedule.track(new NamespacedName("arts", "apps"), "quick.example.org", spec());

        // Then
        assertThat(take().source().namespace()).isEqualTo("arts");
        assertThat(schedule.poll()).isEmpty();
        schedule.finished(first, IN_A_MINUTE);
        assertThat(take().source().namespace()).isEqualTo("history");
    }

    @Test
    void namespacesTakeTurns() {
        // Given
        for (int i = 0; i < 3; i++) {
            track(new NamespacedName("biology", "b" + i));
        }
        track(new NamespacedName("physics", "p0"));

        // When
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Work work = take();
            order.add(work.source().name());
            schedule.finished(work, IN_A_MINUTE);
        }

        // Then
        assertThat(order).containsExactly("b0", "p0", "b1", "b2");
    }

    @Test
    void aNamespaceAtItsLimitLeavesRoomForOthers() {
        // Given
        for (int i = 0; i < 5; i++) {
            track(new NamespacedName("biology", "b" + i));
        }
        take();
        take();

        // When
        track(new NamespacedName("physics", "p0"));

        // Then
        assertThat(take().source().namespace()).isEqualTo("physics");
        assertThat(schedule.poll()).isEmpty();
        assertThat(schedule.depth()).isEqualTo(3);
    }

    @Test
    void aForgottenSourceIsNotLookedAtAgain() {
        // Given
        track(APPS);
        Work running = take();
        schedule.forget(APPS);

        // When
        schedule.finished(running, IN_A_MINUTE);

        // Then
        clock.forward(Duration.ofMinutes(2));
        assertThat(schedule.poll()).isEmpty();
        assertThat(schedule.request(APPS, spec())).isFalse();
        assertThat(schedule.size()).isZero();
    }

    @Test
    void aSourceThatComesBackDuringItsLastLookIsLookedAtAgain() {
        // Given
        track(APPS);
        Work running = take();
        schedule.forget(APPS);
        track(APPS);

        // When
        schedule.finished(running, IN_A_MINUTE);

        // Then
        assertThat(schedule.poll()).isPresent();
    }

    @Test
    void aLookCannotEndTwice() {
        // Given
        track(APPS);
        Work work = take();
        schedule.finished(work, IN_A_MINUTE);

        // When / Then
        assertThatThrownBy(() -> schedule.finished(work, IN_A_MINUTE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void jitterStaysWithinItsFraction() {
        // Given
        Pace jittered = new Pace(0.1, Duration.ofSeconds(2), Duration.ofSeconds(10));
        Random random = new Random(7);

        // When
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waits.add(jittered.afterInterval(Duration.ofSeconds(100), random));
        }

        // Then
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(
                Duration.ofSeconds(90), Duration.ofSeconds(110)));
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(95)) < 0);
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(105)) > 0);
    }

    private void track(NamespacedName source) {
        schedule.track(source, source + ".example.org", spec());
    }

    private Trigger spec() {
        return new Trigger(Cause.SPEC, clock.instant());
    }

    private Work take() {
        return schedule.poll().orElseThrow(() -> new AssertionError("Nothing is due"));
    }
}
