package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Limits;
import dev.tenantry.gitwatcher.poll.Next;
import dev.tenantry.gitwatcher.poll.Pace;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.testkit.time.MovableClock;

class OwnedSourcesTest {

    private static final NamespacedName OURS = new NamespacedName("biology", "ours");
    private static final NamespacedName THEIRS = new NamespacedName("biology", "theirs");

    private final MovableClock clock = new MovableClock();
    private final Schedule schedule = new Schedule(new Limits(8, 8, 8),
            new Pace(0, Duration.ofSeconds(1), Duration.ofSeconds(8)), clock, new Random(1));
    private final Ownership ownership = new Ownership(
            2, name -> name.equals(OURS) ? 0 : 1, Duration.ofSeconds(15), clock);
    private final TestSources sources = new TestSources();
    private final OwnedSources owned = new OwnedSources(ownership, schedule, sources, clock);
    private final Source ours = TestSources.source(OURS, TestSources.spec("https://git.example.org/ours", null));
    private final Source theirs = TestSources.source(THEIRS, TestSources.spec("https://git.example.org/theirs", null));

    OwnedSourcesTest() {
        ownership.listen(owned);
    }

    @Test
    void onlySourcesOfOwnPartitionsAreLookedAt() {
        // Given
        ownership.assigned(List.of(0));

        // When
        owned.seen(null, ours);
        owned.seen(null, theirs);

        // Then
        assertThat(schedule.poll()).hasValueSatisfying(work -> assertThat(work.source()).isEqualTo(OURS));
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void gainedSourcesAreLookedAtAndLostOnesAreNot() {
        // Given
        ownership.assigned(List.of(0));
        sources.put(ours);
        sources.put(theirs);
        owned.seen(null, ours);
        schedule.finished(schedule.poll().orElseThrow(), new Next.AfterInterval(Duration.ofMinutes(1)));

        // When
        ownership.assigned(List.of(1));
        ownership.revoked(List.of(0));

        // Then
        clock.forward(Duration.ofHours(1));
        assertThat(schedule.poll()).hasValueSatisfying(work -> {
            assertThat(work.source()).isEqualTo(THEIRS);
            assertThat(work.trigger().cause()).isEqualTo(Cause.RESYNC);
        });
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void aStatusThatChangedIsNoReasonToLook() {
        // Given
        ownership.assigned(List.of(0));
        owned.seen(null, ours);
        schedule.finished(schedule.poll().orElseThrow(), new Next.OnChange());

        // When
        owned.seen(ours, ours);

        // Then
        assertThat(schedule.poll()).isEmpty();
    }

    @Test
    void aSpecThatChangedAndAnOpenRequestAre() {
        // Given
        ownership.assigned(List.of(0));
        owned.seen(null, ours);
        schedule.finished(schedule.poll().orElseThrow(), new Next.OnChange());

        // When
        owned.seen(ours, TestSources.requested(ours, "now"));
        var request = schedule.poll();
        schedule.finished(request.orElseThrow(), new Next.OnChange());
        owned.seen(ours, TestSources.ofGeneration(ours, 2));

        // Then
        assertThat(request.get().trigger().cause()).isEqualTo(Cause.ANNOTATION);
        assertThat(schedule.poll()).hasValueSatisfying(
                work -> assertThat(work.trigger().cause()).isEqualTo(Cause.SPEC));
    }

    @Test
    void aRequestForAnothersSourceIsNotTaken() {
        // Given
        ownership.assigned(List.of(0));

        // When
        boolean taken = owned.request(THEIRS, new Trigger(Cause.WEBHOOK, clock.instant()));

        // Then
        assertThat(taken).isFalse();
    }
}
