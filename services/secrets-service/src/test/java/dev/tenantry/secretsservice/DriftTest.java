package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.live;
import static dev.tenantry.secretsservice.Examples.sealed;
import static dev.tenantry.secretsservice.Examples.synced;
import static dev.tenantry.secretsservice.Examples.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;

class DriftTest {

    private static final LiveSecret CHANGED = live(Set.of(), Set.of("data/password"));

    private final Manifest settled = synced(sealed(), "True", "Unsealed");
    private IntakeFixture world = ready(new IntakeFixture());

    @Test
    void aSecretThatWasChangedIsRestored() {
        // Given
        world.sealedSecrets.put(settled);

        // When
        world.intake.seen(CHANGED);

        // Then
        assertThat(world.turns()).isEqualTo(1);
        assertThat(world.takesDrift()).isTrue();
    }

    @Test
    void aSecretThatWasDeletedIsMadeAgain() {
        // Given
        world.sealedSecrets.put(settled);

        // When
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isEqualTo(1);
        assertThat(world.takesDrift()).isTrue();
    }

    @Test
    void aSecretThatIsAsWrittenIsLeft() {
        // Given
        world.sealedSecrets.put(settled);

        // When
        world.intake.seen(written());

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void aSecretOfNoSealedSecretIsNobodysBusiness() {
        // When
        world.intake.seen(CHANGED);
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void aSecretOfAnEndingSealedSecretGoesWithIt() {
        // Given
        world.sealedSecrets.put(Examples.changed(settled,
                json -> json.withObjectProperty("metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z")));

        // When
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void afterThreeInFiveMinutesTheNextWaits() {
        // Given
        world.sealedSecrets.put(settled);
        for (int i = 0; i < 3; i++) {
            world.intake.seen(CHANGED);
            world.takesDrift();
        }

        // When
        world.intake.seen(CHANGED);

        // Then
        assertThat(world.turns()).isZero();

        // When
        world.queue.forget(NAME);
        world.clock.forward(Duration.ofMinutes(6));
        world.intake.seen(CHANGED);

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void whereSecretsAreNotRestoredTheyStayAsTheyAre() {
        // Given
        world = ready(new IntakeFixture(false));
        world.sealedSecrets.put(settled);

        // When
        world.intake.seen(CHANGED);
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void whatWasInTheWayOfAFailedOneMayBeGoneAlsoWhereNothingIsRestored() {
        // Given
        world = ready(new IntakeFixture(false));
        world.sealedSecrets.put(synced(sealed(), "False", "NotManaged"));

        // When
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isEqualTo(1);
        assertThat(world.takesDrift()).isFalse();
    }

    @Test
    void aSecretThatGoesBeforeTheStatusIsWrittenIsMissedByNobody() {
        // Given
        world.sealedSecrets.put(sealed());

        // When
        world.intake.secretGone(NAME);

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void aSecretOfOthersThatChangesAllTheTimeIsNotOpenedAllTheTime() {
        // Given
        world.sealedSecrets.put(synced(sealed(), "False", "NotManaged"));
        for (int i = 0; i < 3; i++) {
            world.intake.seen(CHANGED);
            world.takesDrift();
        }

        // When
        world.intake.seen(CHANGED);

        // Then
        assertThat(world.turns()).isZero();
    }

    private static IntakeFixture ready(IntakeFixture world) {
        world.own(0);
        world.intake.ready();
        return world;
    }
}
