package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.queue.OpeningQueue.Next;
import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Unsealer;
import dev.tenantry.testkit.time.MovableClock;

class TurnTest {

    private static KeyPair pair;

    private final FakeSealedSecrets sealedSecrets = new FakeSealedSecrets();
    private final FakeSecrets secrets = new FakeSecrets();
    private final List<Observation> observed = new ArrayList<>();
    private final Manifest object = Examples.sealed(pair);
    private KeyRing keys = KeyRing.of(List.of(TestKeys.limited(pair)));
    private final Turn turn = new Turn(sealedSecrets,
            new Opener(new Unsealer(Templates.none(), true), () -> keys, secrets), List.of(observed::add),
            new MovableClock());

    @BeforeAll
    static void aKey() {
        pair = TestKeys.pair(1);
    }

    @Test
    void whatAWatchHasBroughtIsNotReadAgain() {
        // Given
        sealedSecrets.put(object);
        turn.bring(object);

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.REST);
        assertThat(sealedSecrets.reads).isZero();
        assertThat(secrets.objects).containsKey(NAME);
        assertThat(condition("status")).isEqualTo("True");
    }

    @Test
    void withoutItTheObjectIsRead() {
        // Given
        sealedSecrets.put(object);

        // When
        turn.take(NAME);

        // Then
        assertThat(sealedSecrets.reads).isEqualTo(1);
        assertThat(condition("status")).isEqualTo("True");
    }

    @Test
    void observersHearOfItAfterTheStatusIsWritten() {
        // Given
        sealedSecrets.put(object);
        turn.drifted(NAME);

        // When
        turn.take(NAME);

        // Then
        assertThat(observed).singleElement().satisfies(observation -> {
            assertThat(observation.before()).isEqualTo(SyncedCondition.never());
            assertThat(observation.outcome()).isInstanceOf(Outcome.Synced.class);
            assertThat(observation.drift()).isTrue();
        });
    }

    @Test
    void aLabelThatChangedMeanwhileDoesNotLoseTheStatus() {
        // Given
        sealedSecrets.put(object);
        turn.bring(object);
        relabelOnce();

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.REST);
        assertThat(condition("status")).isEqualTo("True");
        assertThat(sealedSecrets.objects.get(NAME).labels()).containsEntry("app", "web");
    }

    @Test
    void aStatusThatCannotBeWrittenForLabelsIsWrittenByAnotherTurn() {
        // Given
        sealedSecrets.put(object);
        sealedSecrets.others = this::relabel;

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.RETRY);
        assertThat(sealedSecrets.statuses).isEmpty();
    }

    @Test
    void aStatusOfWhatItSaidBeforeIsNotWritten() {
        // Given
        sealedSecrets.put(object);
        sealedSecrets.others = () -> sealedSecrets.put(FakeSealedSecrets.next(sealedSecrets.objects.get(NAME),
                json -> json.withObjectProperty("metadata").put("generation", 2)));

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.REST);
        assertThat(sealedSecrets.statuses).isEmpty();
    }

    @Test
    void ofWhatGoesMeanwhileNothingIsLeftToSay() {
        // Given
        sealedSecrets.put(object);
        sealedSecrets.others = sealedSecrets.objects::clear;

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.REST);
    }

    @Test
    void whatIsGoneOrEndingIsNotOpened() {
        // Given
        Next ofGone = turn.take(NAME);
        sealedSecrets.put(changed(object,
                json -> json.withObjectProperty("metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z")));

        // When
        Next ofEnding = turn.take(NAME);

        // Then
        assertThat(List.of(ofGone, ofEnding)).containsOnly(Next.REST);
        assertThat(secrets.calls).isEmpty();
        assertThat(observed).isEmpty();
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        // Given
        sealedSecrets.put(object);
        sealedSecrets.refusal = refusal(503, "ServiceUnavailable", "away");

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.RETRY);
        assertThat(observed).isEmpty();
    }

    @Test
    void whatIsWaitedForIsTriedAgain() {
        // Given
        sealedSecrets.put(object);
        secrets.refusals.add(refusal(503, "ServiceUnavailable", "away"));

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.RETRY);
        assertThat(condition("reason")).isEqualTo("UpdateFailed");
    }

    @Test
    void whatCannotBeOpenedRestsAndItsSecretStays() {
        // Given
        sealedSecrets.put(object);
        turn.take(NAME);
        Manifest before = secrets.objects.get(NAME);
        keys = KeyRing.empty();

        // When
        Next next = turn.take(NAME);

        // Then
        assertThat(next).isEqualTo(Next.REST);
        assertThat(condition("reason")).isEqualTo("NoMatchingKey");
        assertThat(secrets.objects.get(NAME)).isEqualTo(before);
    }

    @Test
    void anUnchangedOneCostsNoWrite() {
        // Given
        sealedSecrets.put(object);
        turn.take(NAME);
        secrets.known.put(NAME, Examples.written());
        secrets.calls.clear();

        // When
        turn.take(NAME);

        // Then
        assertThat(sealedSecrets.statuses).hasSize(1);
        assertThat(secrets.calls).containsExactly("read");
    }

    @Test
    void whatIsForgottenIsNeitherFreshNorDrifted() {
        // Given
        sealedSecrets.put(object);
        turn.bring(object);
        turn.drifted(NAME);
        turn.forget(NAME);

        // When
        turn.take(NAME);

        // Then
        assertThat(sealedSecrets.reads).isEqualTo(1);
        assertThat(observed).singleElement().matches(observation -> !observation.drift());
    }

    private void relabelOnce() {
        sealedSecrets.others = () -> {
            sealedSecrets.others = () -> {};
            relabel();
        };
    }

    private void relabel() {
        Manifest now = sealedSecrets.objects.get(NAME);
        sealedSecrets.put(FakeSealedSecrets.next(now, json -> {}).withLabels(Map.of("app", "web")));
    }

    private String condition(String field) {
        return sealedSecrets.objects.get(NAME).at("status", "conditions").path(0).path(field).asText();
    }
}
