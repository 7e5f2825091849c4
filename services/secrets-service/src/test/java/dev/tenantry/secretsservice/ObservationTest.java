package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.observation;
import static dev.tenantry.secretsservice.Examples.sealed;
import static dev.tenantry.secretsservice.Examples.synced;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.Examples.Drift;

class ObservationTest {

    private static final Outcome NOTHING_TO_DO = new Outcome.Synced(Outcome.Change.NONE, List.of());
    private static final Outcome CREATED = new Outcome.Synced(Outcome.Change.CREATED, List.of());
    private static final Outcome DAMAGED = new Outcome.Failed(Outcome.Step.UNSEAL, "Damaged", "", List.of("password"));

    private final Manifest opened = synced(sealed(), "True", "Unsealed");
    private final Manifest failed = synced(sealed(), "False", "Damaged");

    @Test
    void aFirstLookIsNewsWhateverComesOfIt() {
        assertThat(observation(sealed(), NOTHING_TO_DO, Drift.NO).isNews()).isTrue();
        assertThat(observation(sealed(), DAMAGED, Drift.NO).isNews()).isTrue();
    }

    @Test
    void whatIsAsBeforeIsNoNews() {
        assertThat(observation(opened, NOTHING_TO_DO, Drift.YES).isNews()).isFalse();
        assertThat(observation(failed, DAMAGED, Drift.NO).isNews()).isFalse();
    }

    @Test
    void aSecretThatWasWrittenIsNews() {
        assertThat(observation(opened, CREATED, Drift.YES).isNews()).isTrue();
    }

    @Test
    void aChangeBetweenSuccessAndFailureIsNews() {
        assertThat(observation(failed, NOTHING_TO_DO, Drift.NO).isNews()).isTrue();
        assertThat(observation(opened, DAMAGED, Drift.NO).isNews()).isTrue();
    }

    @Test
    void anotherGenerationIsNews() {
        // Given
        Manifest edited = changed(opened, json -> json.withObjectProperty("metadata").put("generation", 2));

        // Then
        assertThat(observation(edited, NOTHING_TO_DO, Drift.NO).isNews()).isTrue();
    }

    @Test
    void aFirstSuccessIsOneOfWhatNobodyHasLookedAt() {
        assertThat(observation(sealed(), CREATED, Drift.NO).isFirstSuccess()).isTrue();
        assertThat(observation(sealed(), DAMAGED, Drift.NO).isFirstSuccess()).isFalse();
        assertThat(observation(failed, CREATED, Drift.NO).isFirstSuccess()).isFalse();
        assertThat(observation(sealed(), CREATED, Drift.YES).isFirstSuccess()).isFalse();
    }
}
