package dev.tenantry.gitwatcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import dev.tenantry.gitwatcher.Delivery;
import dev.tenantry.gitwatcher.repository.ObjectVersion;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Verdict;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverSpec;
import dev.tenantry.kubernetes.notification.ReceiverStatus;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StoppablePostgres.class)
class HistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    HistoryWriter writer;

    @Inject
    HistoryDatabase database;

    @Inject
    History history;

    private final NamespacedName receiver = new NamespacedName("team", "receiver-" + UUID.randomUUID());

    /** It is away before there is a schema first, and with connections open then. */
    @RepeatedTest(2)
    void whatHappensWhilePostgresIsAwayIsWrittenWhenItIsBack() {
        // Given
        StoppablePostgres.postgres().stop();
        deliver("first");
        await().atMost(PATIENCE).until(() -> database.describe().startsWith("not kept"));
        deliver("second");

        // When
        StoppablePostgres.postgres().restart();

        // Then
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(HistoryUnavailableException.class)
                .untilAsserted(() -> assertThat(written()).containsExactlyInAnyOrder("first", "second"));
        assertThat(database.describe()).isEqualTo("kept");
    }

    @Test
    void whatPostgresRefusesKeepsNothingElseFromBeingWritten() {
        // Given
        StoppablePostgres.postgres().restart();

        // When
        deliver("before");
        deliver("Postgres takes no \0 in a text");
        deliver("after");

        // Then
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(HistoryUnavailableException.class)
                .untilAsserted(() -> assertThat(written()).containsExactlyInAnyOrder("before", "after"));
        assertThat(database.describe()).isEqualTo("kept");
    }

    @Test
    void aPageFarAfterTheLastIsEmpty() {
        // Given
        StoppablePostgres.postgres().restart();
        deliver("only");
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(HistoryUnavailableException.class)
                .until(() -> written().equals(List.of("only")));

        // When
        History.Part<DeliveryEntity> part = history.deliveries(List.of(receiver), Integer.MAX_VALUE, 500);

        // Then
        assertThat(part.items()).isEmpty();
        assertThat(part.total()).isEqualTo(1);
        assertThat(database.describe()).isEqualTo("kept");
    }

    private void deliver(String id) {
        var spec = new ReceiverSpec("generic", null, List.of(), List.of(), null, null, List.of(), false);
        var hook = new Hook(receiver, new ObjectVersion("uid", "1", 1), Optional.empty(), spec, ReceiverStatus.empty());
        writer.delivered(hook, new Delivery(id, receiver, new Verdict.Accepted("push"), 1, Instant.now()), null);
    }

    private List<String> written() {
        return history.deliveries(List.of(receiver), 0, 10)
                .items()
                .stream()
                .map(delivery -> delivery.deliveryId)
                .toList();
    }
}
