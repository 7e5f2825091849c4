package dev.tenantry.secretsservice.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Event;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.Reading;
import dev.tenantry.events.SealingKeyUnexported;
import dev.tenantry.events.SecretUnsealed;
import dev.tenantry.events.Subject;
import dev.tenantry.events.UnsealFailed;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.Observation;
import dev.tenantry.secretsservice.Outcome;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.SyncedCondition;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.testkit.time.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class SecretEventsTest {

    private static final Instant ENDED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Fingerprint KEY = new Fingerprint("SHA256:" + "a".repeat(43));
    private static final Subject DATABASE = new Subject("bitnami.com", "SealedSecret", "team-a", "database", "uid");

    private final FakeEmitter emitter = new FakeEmitter();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SecretEvents events = new SecretEvents(new EventPublisher(emitter, new Replica("one"), meters),
            new MovableClock());

    @Test
    void aSuccessNamesTheKeys() {
        // When
        observed(SyncedCondition.never(), new Outcome.Synced(Outcome.Change.CREATED, List.of(KEY)));

        // Then
        assertThat(emitter.events()).containsExactly(new SecretUnsealed(DATABASE, List.of(KEY.text()), ENDED));
    }

    @Test
    void aSuccessOfATemplateWithoutValuesNamesNone() {
        // When
        observed(SyncedCondition.never(), new Outcome.Synced(Outcome.Change.CREATED, List.of()));

        // Then
        assertThat(emitter.events()).containsExactly(new SecretUnsealed(DATABASE, List.of(), ENDED));
    }

    @Test
    void aFailureNamesReasonAndItemsAndNoMessage() {
        // When
        observed(SyncedCondition.never(), new Outcome.Failed(Outcome.Step.UNSEAL, "Damaged", "long words",
                List.of("password")));

        // Then
        assertThat(emitter.events())
                .containsExactly(new UnsealFailed(DATABASE, "Damaged", List.of("password"), ENDED));
        assertThat(emitter.text()).doesNotContain("long words");
    }

    @Test
    void whatIsWaitedForIsAFailureToo() {
        // When
        observed(SyncedCondition.never(), new Outcome.Waiting(Outcome.Step.UPDATE, "UpdateFailed", "away"));

        // Then
        assertThat(emitter.events()).containsExactly(new UnsealFailed(DATABASE, "UpdateFailed", List.of(), ENDED));
    }

    @Test
    void whatIsNoNewsIsNotTold() {
        // When
        observed(new SyncedCondition("True", "Unsealed", "", 1, null),
                new Outcome.Synced(Outcome.Change.NONE, List.of(KEY)));

        // Then
        assertThat(emitter.events()).isEmpty();
    }

    @Test
    void aKeyThatIsNotExportedIsTold() {
        // Given
        StoredKey key = new StoredKey(TestKeys.key(1), "uid-of-the-key", false);

        // When
        events.unexported(key);

        // Then
        assertThat(emitter.events()).containsExactly(new SealingKeyUnexported(
                new Subject("", "Secret", "tenantry-system", "key", "uid-of-the-key"),
                key.key().fingerprint().text(), ENDED));
    }

    @Test
    void whatTheBrokerDoesNotTakeIsCountedAndKeepsNobodyWaiting() {
        // Given
        emitter.isFull = true;

        // When
        observed(SyncedCondition.never(), new Outcome.Synced(Outcome.Change.CREATED, List.of(KEY)));

        // Then
        assertThat(meters.counter("secrets_service.events", "type", SecretUnsealed.TYPE, "result", "dropped").count())
                .isEqualTo(1);
    }

    private void observed(SyncedCondition before, Outcome outcome) {
        KnownSealedSecret sealed = new KnownSealedSecret(new NamespacedName("team-a", "database"), "uid", "10", 1,
                Scope.STRICT, Set.of(), before, false);
        events.observed(new Observation(sealed, before, outcome, false, ENDED, Duration.ZERO));
    }

    private static final class FakeEmitter implements Emitter<ProducerRecord<String, byte[]>> {

        private final List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
        private boolean isFull;

        private List<Event> events() {
            return sent.stream().map(FakeEmitter::event).toList();
        }

        private String text() {
            return sent.stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)).toList().toString();
        }

        private static Event event(ProducerRecord<String, byte[]> sent) {
            Map<String, String> headers = new HashMap<>();
            sent.headers().forEach(each -> headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)));
            return ((Reading.Decoded) EventCodec.decode(sent.key(), headers, sent.value())).event();
        }

        @Override
        public CompletionStage<Void> send(ProducerRecord<String, byte[]> payload) {
            send(Message.of(payload));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public <M extends Message<? extends ProducerRecord<String, byte[]>>> void send(M message) {
            if (isFull) {
                throw new IllegalStateException("the buffer is full");
            }
            sent.add(message.getPayload());
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception failure) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
