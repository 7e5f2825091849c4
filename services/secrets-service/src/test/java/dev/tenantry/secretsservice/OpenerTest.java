package dev.tenantry.secretsservice;

import static dev.tenantry.secretsservice.Examples.CANARY;
import static dev.tenantry.secretsservice.Examples.NAME;
import static dev.tenantry.secretsservice.Examples.base64;
import static dev.tenantry.secretsservice.Examples.changed;
import static dev.tenantry.secretsservice.Examples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Unsealer;

class OpenerTest {

    private static KeyPair pair;

    private final FakeSecrets secrets = new FakeSecrets();
    private final Manifest object = Examples.sealed(pair);
    private KeyRing keys = KeyRing.of(List.of(TestKeys.limited(pair)));

    @BeforeAll
    static void aKey() {
        pair = TestKeys.pair(1);
    }

    @Test
    void aSecretThatIsNotKnownIsCreatedWithoutALook() {
        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Synced(Outcome.Change.CREATED, List.of(pair.fingerprint())));
        assertThat(secrets.calls).containsExactly("create");
        assertThat(live().at("data", "password").asText()).isEqualTo(base64(CANARY));
        assertThat(live().annotations()).containsEntry(Sealer.SEALED_WITH, pair.fingerprint().text());
    }

    @Test
    void whatSomebodyElseMadeMeanwhileIsReadAndLeft() {
        // Given
        Manifest theirs = theirs();
        secrets.others.add(() -> secrets.objects.put(NAME, theirs));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Outcome.Step.UNMANAGED);
            assertThat(failed.reason()).isEqualTo("NotManaged");
        });
        assertThat(secrets.calls).containsExactly("create", "read");
        assertThat(live()).isEqualTo(theirs);
    }

    @Test
    void whatIsAsItHasToBeIsNotWritten() {
        // Given
        open();
        secrets.known.put(NAME, Examples.written());
        secrets.calls.clear();

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Synced(Outcome.Change.NONE, List.of(pair.fingerprint())));
        assertThat(secrets.calls).containsExactly("read");
    }

    @Test
    void whatIsKnownAndGoneIsCreated() {
        // Given
        secrets.known.put(NAME, Examples.written());

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Synced(Outcome.Change.CREATED, List.of(pair.fingerprint())));
        assertThat(secrets.calls).containsExactly("read", "create");
    }

    @Test
    void aConflictIsComparedAgain() {
        // Given
        drifted();
        secrets.others.add(() -> secrets.objects.put(NAME, FakeSecrets.at(live(), 9)));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Synced(Outcome.Change.UPDATED, List.of(pair.fingerprint())));
        assertThat(secrets.calls).containsExactly("read", "write", "read", "write");
    }

    @Test
    void whatIsDeletedBetweenLookAndWriteIsMadeAgain() {
        // Given
        drifted();
        secrets.others.add(() -> secrets.objects.clear());

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Synced(Outcome.Change.CREATED, List.of(pair.fingerprint())));
        assertThat(live().at("data", "password").asText()).isEqualTo(base64(CANARY));
    }

    @Test
    void conflictsWithoutEndAreWaitedFor() {
        // Given
        drifted();
        for (int i = 0; i < 3; i++) {
            secrets.refusals.add(refusal(409, "Conflict", "the object has been modified"));
        }

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Waiting.class,
                waiting -> assertThat(waiting.message()).contains("all the time"));
    }

    @Test
    void whatTheServerFindsInvalidFailsWithTheFieldsAlone() {
        // Given
        secrets.refusals.add(refusal(422, "Invalid", "Secret is invalid: data[password]: " + CANARY,
                new ApiError.Cause("FieldValueInvalid", "data[password]", "Invalid value: " + CANARY)));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Failed(Outcome.Step.UPDATE, "UpdateFailed",
                "the API server refuses the Secret: data[password] (FieldValueInvalid)", List.of()));
    }

    @Test
    void whatMayPassIsWaitedFor() {
        // Given
        secrets.refusals.add(refusal(503, "ServiceUnavailable", "away"));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", "away"));
    }

    @Test
    void whatAWebhookQuotesOfAValueIsMasked() {
        // Given
        secrets.refusals.add(refusal(403, "Forbidden", "denied: '" + CANARY + "' and " + base64(CANARY) + " are weak"));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed",
                "denied: '***' and *** are weak"));
    }

    @Test
    void whatAWebhookQuotesOfTheSecretAsItIsIsMaskedToo() {
        // Given
        drifted();
        secrets.objects.put(NAME, changed(live(),
                json -> json.withObjectProperty("data").put("theirs", base64("rabbit-hole-of-others"))));
        secrets.refusals.add(refusal(403, "Forbidden", "denied: theirs=rabbit-hole-of-others"));

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", "denied: theirs=***"));
    }

    @Test
    void withoutAKeyNothingIsAskedOfTheServer() {
        // Given
        keys = KeyRing.empty();

        // When
        Outcome outcome = open();

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Outcome.Step.UNSEAL);
            assertThat(failed.reason()).isEqualTo("NoMatchingKey");
            assertThat(failed.items()).containsExactly("password");
        });
        assertThat(secrets.calls).isEmpty();
    }

    @Test
    void withoutATemplateEngineTheSecretStaysAndIsTriedAgain() {
        // Given
        Manifest templated = changed(object, json -> json.withObjectProperty("spec")
                .withObjectProperty("template")
                .putObject("data")
                .put("url", "{{ .password }}"));

        // When
        Outcome outcome = open(templated);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Waiting.class,
                waiting -> assertThat(waiting.reason()).isEqualTo("TemplatesUnavailable"));
        assertThat(secrets.calls).isEmpty();
    }

    private void drifted() {
        open();
        secrets.known.put(NAME, Examples.written());
        secrets.objects.put(NAME, changed(live(), json -> json.withObjectProperty("data").put("password", "b2xk")));
        secrets.calls.clear();
    }

    private static Manifest theirs() {
        return FakeSecrets.at(Manifest.of(Manifest.skeleton("v1", "Secret", NAME)), 3);
    }

    private Manifest live() {
        return secrets.objects.get(NAME);
    }

    private Outcome open() {
        return open(object);
    }

    private Outcome open(Manifest sealed) {
        return new Opener(new Unsealer(Templates.none(), true), () -> keys, secrets).open(SealedContent.of(sealed));
    }
}
