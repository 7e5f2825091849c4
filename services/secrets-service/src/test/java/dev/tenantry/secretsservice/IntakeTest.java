package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.known;
import static dev.tenantry.secretsservice.Examples.live;
import static dev.tenantry.secretsservice.Examples.sealed;
import static dev.tenantry.secretsservice.Examples.synced;
import static dev.tenantry.secretsservice.Examples.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.sealedsecret.SealedSecretAnnotations;

class IntakeTest {

    private final IntakeFixture world = new IntakeFixture();
    private final Manifest settled = synced(sealed(), "True", "Unsealed");
    private final Manifest failed = synced(sealed(), "False", "NoMatchingKey");

    @BeforeEach
    void everythingIsOurs() {
        world.own(0);
        world.intake.ready();
    }

    @Test
    void aNewOneHasATurnWithWhatWasBrought() {
        // When
        world.appears(sealed());

        // Then
        assertThat(world.turns()).isEqualTo(1);
        assertThat(world.wasBrought()).isTrue();
    }

    @Test
    void aSettledOneWhoseSecretIsAsWrittenHasNone() {
        // Given
        world.secrets.known.put(NAME, written());

        // When
        world.appears(settled);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void aSettledOneWhoseSecretIsMissingOrOtherwiseHasATurn() {
        // When
        world.appears(settled);

        // Then
        assertThat(world.turns()).isEqualTo(1);

        // When
        world.secrets.known.put(NAME, live(Set.of("data/password"), Set.of()));
        world.appears(settled);

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void aChangeOfTheStatusAloneIsNone() {
        // When
        world.changes(sealed(), failed);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void aChangeOfWhatItSaysIsATurn() {
        // When
        world.changes(settled,
                changed(settled, json -> json.withObjectProperty("metadata").put("generation", 2)));

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void anotherScopeIsATurnThoughItIsNoGeneration() {
        // When
        world.changes(settled, changed(settled, json -> json.withObjectProperty("metadata")
                .putObject("annotations")
                .put(SealedSecretAnnotations.NAMESPACE_WIDE, "true")));

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void oneThatWasMadeAgainIsATurn() {
        // When
        world.changes(settled, changed(settled, json -> json.withObjectProperty("metadata").put("uid", "another")));

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void oneThatIsEndingLosesItsTurn() {
        // Given
        world.appears(sealed());
        Manifest ending = changed(sealed(),
                json -> json.withObjectProperty("metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z"));

        // When
        world.changes(sealed(), ending);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void oneThatIsGoneLosesItsTurn() {
        // Given
        world.appears(sealed());

        // When
        world.intake.gone(NAME);

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void anotherKeyIsATurnOfWhatIsNotOpenAlone() {
        // Given
        world.sealedSecrets.put(settled);
        world.sealedSecrets.put(Examples.named(failed, "team-a", "closed"));

        // When
        world.intake.keysChanged();

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void partitionsThatAreGainedAreLookedAt() {
        // Given
        world.sealedSecrets.put(Examples.named(sealed(), "team-b", "database"));
        world.sealedSecrets.put(Examples.named(settled, "team-b", "open"));
        world.secrets.known.put(known(Examples.named(settled, "team-b", "open")).name(), written());

        // When
        world.own(1);

        // Then
        assertThat(world.turns()).isEqualTo(1);
    }

    @Test
    void turnsOfPartitionsThatAreLostAreDropped() {
        // Given
        world.appears(sealed());
        world.appears(Examples.named(sealed(), "team-a", "other"));

        // When
        world.ownership.revoked(Set.of(0));

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void whatIsAnothersIsLeftToIt() {
        // Given
        Manifest theirs = Examples.named(settled, "team-b", "database");

        // When
        world.appears(theirs);
        world.intake.keysChanged();
        world.intake.secretGone(known(theirs).name());
        world.intake.resync();

        // Then
        assertThat(world.turns()).isZero();
    }

    @Test
    void beforeEverythingIsKnownNothingHasATurn() {
        // Given
        IntakeFixture unready = new IntakeFixture();
        unready.own(0);

        // When
        unready.appears(sealed());
        unready.intake.keysChanged();
        unready.intake.resync();
        unready.intake.secretGone(NAME);

        // Then
        assertThat(unready.turns()).isZero();

        // When
        unready.intake.ready();

        // Then
        assertThat(unready.turns()).isEqualTo(1);
    }
    @Test
    void whatCameBeforeItIsReadyNeedsNoReadAndWhatChangedMeanwhileIsReadAgain() {
        // Given
        IntakeFixture early = new IntakeFixture();
        early.own(0);
        early.appears(sealed());

        // When
        early.intake.ready();

        // Then
        assertThat(early.wasBrought()).isTrue();

        // Given
        IntakeFixture other = new IntakeFixture();
        other.appears(sealed());
        other.intake.ready();

        // When
        other.changes(sealed(), changed(sealed(), json -> json.withObjectProperty("metadata").put("generation", 2)));
        other.own(0);

        // Then
        assertThat(other.wasBrought()).isFalse();
    }

}
