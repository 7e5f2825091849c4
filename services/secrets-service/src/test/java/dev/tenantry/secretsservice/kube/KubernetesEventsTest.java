package dev.tenantry.secretsservice.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Observation;
import dev.tenantry.secretsservice.Outcome;
import dev.tenantry.secretsservice.SyncedCondition;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.testkit.api.FakeApiServer;
import dev.tenantry.testkit.time.MovableClock;

class KubernetesEventsTest {

    private static final Outcome CREATED = new Outcome.Synced(Outcome.Change.CREATED, List.of());
    private static final Outcome UNCHANGED = new Outcome.Synced(Outcome.Change.NONE, List.of());
    private static final Outcome DAMAGED = new Outcome.Failed(Outcome.Step.UNSEAL, "Damaged", "password is cut short",
            List.of("password"));
    private static final SyncedCondition OPENED = new SyncedCondition("True", "Unsealed", "", 1, null);
    private static final SyncedCondition FAILED = new SyncedCondition("False", "Damaged", "password is cut short", 1,
            null);

    private final FakeApiServer server = new FakeApiServer(
            exchange -> FakeApiServer.json(exchange, 201, "{\"kind\":\"Event\"}"));
    private final ObjectApi api = ObjectApi.connect(server.config());
    private final KubernetesEvents events = new KubernetesEvents(KubernetesEvents.recorder(api, new MovableClock()));

    @AfterEach
    void close() {
        api.close();
        server.close();
    }

    @Test
    void aFailureIsAWarningAboutTheSealedSecret() {
        // When
        observed(SyncedCondition.never(), DAMAGED, false);

        // Then
        Manifest event = told();
        assertThat(event.at("type").asText()).isEqualTo("Warning");
        assertThat(event.at("reason").asText()).isEqualTo("ErrUnsealFailed");
        assertThat(event.at("message").asText()).isEqualTo("Damaged: password is cut short");
        assertThat(event.at("source", "component").asText()).isEqualTo("sealed-secrets");
        assertThat(event.at("involvedObject").toString()).isEqualTo("""
                {"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","namespace":"team-a","name":"database",\
                "uid":"uid","resourceVersion":"10"}""");
        assertThat(event.namespace()).isEqualTo("team-a");
    }

    @Test
    void aSecretInTheWayIsAFailedUpdateByTheOriginalsWord() {
        // When
        observed(OPENED, new Outcome.Failed(Outcome.Step.UNMANAGED, "NotManaged", "it is there", List.of()), false);

        // Then
        assertThat(told().at("reason").asText()).isEqualTo("ErrUpdateFailed");
    }

    @Test
    void whatIsWaitedForIsAWarningToo() {
        // When
        observed(OPENED, new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", "away"), false);

        // Then
        assertThat(told().at("reason").asText()).isEqualTo("ErrUpdateFailed");
        assertThat(told().at("message").asText()).isEqualTo("UpdateFailed: away");
    }

    @Test
    void aSuccessAfterAFailureIsToldByTheOriginalsWords() {
        // When
        observed(FAILED, CREATED, false);

        // Then
        assertThat(told().at("type").asText()).isEqualTo("Normal");
        assertThat(told().at("reason").asText()).isEqualTo("Unsealed");
        assertThat(told().at("message").asText()).isEqualTo("SealedSecret unsealed successfully");
    }

    @Test
    void aRestoredSecretIsToldAsSuch() {
        // When
        observed(OPENED, CREATED, true);

        // Then
        assertThat(told().at("message").asText()).startsWith("Secret restored");
    }

    @Test
    void firstSuccessesAndWhatIsNoNewsAreNotTold() {
        // Given
        observed(SyncedCondition.never(), CREATED, false);
        observed(OPENED, UNCHANGED, true);
        observed(FAILED, DAMAGED, false);

        // When
        observed(FAILED, CREATED, false);

        // Then
        assertThat(told().at("reason").asText()).isEqualTo("Unsealed");
    }

    /** Give the one event that was told. */
    private Manifest told() {
        await().until(() -> server.bodies().size() == server.requests().size() && !server.bodies().isEmpty());
        assertThat(server.requests()).hasSize(1);
        return Manifest.parse(server.bodies().get(0));
    }

    private void observed(SyncedCondition before, Outcome outcome, boolean drift) {
        KnownSealedSecret sealed = new KnownSealedSecret(new NamespacedName("team-a", "database"), "uid", "10", 1,
                Scope.STRICT, Set.of(), before, false);
        events.observed(new Observation(sealed, before, outcome, drift, Instant.EPOCH, Duration.ZERO));
    }
}
