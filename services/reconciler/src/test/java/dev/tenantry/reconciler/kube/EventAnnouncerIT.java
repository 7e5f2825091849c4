package dev.tenantry.reconciler.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.RunReport.Counts;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.Inventory;
import io.fabric8.kubernetes.api.model.Event;

class EventAnnouncerIT {

    private static final Counts ONE_CREATED = new Counts(1, 0, 0, 0, 0);

    private final Team team = new Team();
    private final EventAnnouncer announcer = new EventAnnouncer(team.api, Clock.systemUTC());

    @Test
    void oneEventTellsHowARunEndedAndWhatItChanged() {
        // When
        announcer.ended(report(new Outcome.Ready("main@sha1:1"), ONE_CREATED, List.of("ConfigMap/team/a created")));

        // Then
        Event event = theOnlyEvent();
        assertThat(event.getReason()).isEqualTo("ReconciliationSucceeded");
        assertThat(event.getMessage()).isEqualTo("""
                Reconciliation finished in 7 ms, next run in 1h0m0s
                ConfigMap/team/a created""");
        assertThat(event.getMetadata().getAnnotations())
                .containsEntry("kustomize.toolkit.fluxcd.io/revision", "main@sha1:1");
    }

    @Test
    void aLongComplaintLeavesRoomForWhatChanged() {
        // When
        announcer.ended(report(new Outcome.Failed("ReconciliationFailed", "no".repeat(1000)), ONE_CREATED,
                List.of("ConfigMap/team/a created")));

        // Then
        Event event = theOnlyEvent();
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getMessage()).hasSizeLessThan(1024).startsWith("nono").endsWith("…\nConfigMap/team/a created");
    }

    private RunReport report(Outcome outcome, Counts counts, List<String> actions) {
        Target target = TargetReader.read(Team.manifest("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: %s, uid: some-uid, resourceVersion: "1", generation: 1}
                spec: {interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: apps}}
                """.formatted(team.namespace)).json());
        return new RunReport(target, outcome, "main@sha1:1", null, Inventory.of(Map.of()), counts, actions,
                Map.of(RunReport.Stage.APPLY, Duration.ofMillis(7)), Instant.EPOCH);
    }

    private Event theOnlyEvent() {
        var events = team.client.v1().events().inNamespace(team.namespace);
        await().untilAsserted(() -> assertThat(events.list().getItems()).hasSize(1));
        return events.list().getItems().getFirst();
    }
}
