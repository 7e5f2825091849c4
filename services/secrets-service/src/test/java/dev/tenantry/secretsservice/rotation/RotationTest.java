package dev.tenantry.secretsservice.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.TestKeys;

class RotationTest {

    private static KeyPair ofDay1;
    private static KeyPair ofDay20;

    private final Rotation monthly = new Rotation(Duration.ofDays(30), Optional.empty());
    private final Rotation never = new Rotation(Duration.ZERO, Optional.empty());

    @BeforeAll
    static void pairs() {
        ofDay1 = TestKeys.pair(1);
        ofDay20 = TestKeys.pair(20);
    }

    @Test
    void theClusterNeedsAFirstKeyAlsoWhereNoneIsRenewed() {
        assertThat(monthly.due(KeyRing.empty(), day(1))).containsExactly(Set.of());
        assertThat(never.due(KeyRing.empty(), day(1))).containsExactly(Set.of());
    }

    @Test
    void aKeyIsDueAtItsAgeAndNotBefore() {
        assertThat(monthly.due(ring(ofDay1), day(31).minusSeconds(1))).isEmpty();
        assertThat(monthly.due(ring(ofDay1), day(31))).containsExactly(Set.of());
    }

    @Test
    void theNewestCounts() {
        assertThat(monthly.due(ring(ofDay1, ofDay20), day(49))).isEmpty();
        assertThat(monthly.due(ring(ofDay1, ofDay20), day(50))).containsExactly(Set.of());
    }

    @Test
    void withAnAgeOfZeroAKeyIsNeverDue() {
        assertThat(never.due(ring(ofDay1), day(3000))).isEmpty();
    }

    @Test
    void aKeyFromBeforeTheCutoffIsDueAtOnceAndOneFromAfterItIsNot() {
        // Given
        Rotation rotation = new Rotation(Duration.ZERO, Optional.of(day(10)));

        // Then
        assertThat(rotation.due(ring(ofDay1), day(10))).containsExactly(Set.of());
        assertThat(rotation.due(ring(ofDay1, ofDay20), day(25))).isEmpty();
    }

    @Test
    void aCutoffThatIsToComeWaitsUntilThen() {
        // Given
        Rotation rotation = new Rotation(Duration.ZERO, Optional.of(day(10)));

        // Then
        assertThat(rotation.due(ring(ofDay1), day(9))).isEmpty();
    }

    @Test
    void keysOfNamespacesAreRenewedApart() {
        // Given
        KeyRing keys = KeyRing.of(List.of(TestKeys.limited(ofDay1, "team-a", "team-b"), TestKeys.limited(ofDay20)));

        // When
        List<Set<String>> due = monthly.due(keys, day(31));

        // Then
        assertThat(due).containsExactly(Set.of("team-a", "team-b"));
    }

    @Test
    void aKeyOfNamespacesIsNoneOfTheCluster() {
        // Given
        KeyRing keys = KeyRing.of(List.of(TestKeys.limited(ofDay20, "team-a")));

        // When
        List<Set<String>> due = monthly.due(keys, day(21));

        // Then
        assertThat(due).containsExactly(Set.of());
    }

    @Test
    void anAgeBelowZeroWouldMakeKeysWithoutEnd() {
        assertThatThrownBy(() -> new Rotation(Duration.ofDays(-1), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("renew-after");
    }

    private static KeyRing ring(KeyPair... pairs) {
        return KeyRing.of(List.of(pairs).stream().map(pair -> TestKeys.limited(pair)).toList());
    }

    private static Instant day(int day) {
        return TestKeys.START.plus(Duration.ofDays(day));
    }
}
