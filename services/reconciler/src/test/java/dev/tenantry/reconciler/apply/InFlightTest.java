package dev.tenantry.reconciler.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class InFlightTest {

    @Test
    void answersComeInTheOrderOfTheItems() {
        // When
        var answers = new InFlight(2).each(List.of(3, 1, 2), item -> CompletableFuture.supplyAsync(() -> item * 10,
                CompletableFuture.delayedExecutor(item, TimeUnit.MILLISECONDS)));

        // Then
        assertThat(answers).containsExactly(30, 10, 20);
    }

    @Test
    void aFailureIsThrownOnlyWhenWhatIsUnderWayHasEnded() {
        // Given
        var slow = new CompletableFuture<String>();
        slow.completeOnTimeout("done", 50, TimeUnit.MILLISECONDS);

        // When
        assertThatThrownBy(() -> new InFlight(2).each(List.of("fails", "slow", "never"), item -> switch (item) {
            case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("it fails"));
            case "slow" -> slow;
            default -> throw new AssertionError("started after a failure");
        })).hasRootCauseMessage("it fails");

        // Then
        assertThat(slow).isCompleted();
    }
}
