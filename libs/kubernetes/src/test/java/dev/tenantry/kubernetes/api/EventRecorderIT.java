package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Event;

class EventRecorderIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-04T03:02:01.987Z"), ZoneOffset.UTC);

    private final ObjectApi api = ObjectApi.of(CLUSTER.client());
    private final String namespace = CLUSTER.newNamespace();
    private final EventRecorder recorder = new EventRecorder(api, "tests", CLOCK);
    private EventRecorder.Subject object;

    @BeforeEach
    void createObject() {
        Manifest web = Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName(namespace, "web")));
        object = EventRecorder.Subject
                .of(Manifest.of(Stages.await(api.apply(CONFIG_MAPS, web, ApplyOptions.as("tests")))));
    }

    @Test
    void anEventNamesItsObjectAndTeller() {
        // When
        Stages.await(
                recorder.record(
                        object,
                        EventRecorder.Type.WARNING,
                        "BuildFailed",
                        "no such file",
                        Map.of("example.org/revision", "main@sha1:1")));

        // Then
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getInvolvedObject().getUid()).isEqualTo(object.uid());
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("BuildFailed");
            assertThat(event.getSource().getComponent()).isEqualTo("tests");
            assertThat(event.getMetadata().getAnnotations()).containsEntry("example.org/revision", "main@sha1:1");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-05-04T03:02:01Z");
        });
    }

    @Test
    void theSameWordsAreCounted() {
        // When
        for (int i = 0; i < 3; i++) {
            tell("the same");
        }
        tell("something else");

        // Then
        assertThat(events()).extracting(Event::getCount).containsExactlyInAnyOrder(3, 1);
    }

    @Test
    void aCountedEventThatTheServerForgotIsToldAnew() {
        // Given
        tell("the same");
        CLUSTER.client().v1().events().inNamespace(namespace).delete();

        // When
        tell("the same");

        // Then
        assertThat(events()).hasSize(1);
    }

    @Test
    void anObjectCannotFloodTheServer() {
        // When
        for (int i = 0; i < 40; i++) {
            tell("news " + i);
        }

        // Then
        assertThat(events()).hasSize(25);
    }

    private void tell(String message) {
        Stages.await(recorder.record(object, EventRecorder.Type.NORMAL, "Progressing", message, Map.of()));
    }

    private List<Event> events() {
        return CLUSTER.client().v1().events().inNamespace(namespace).list().getItems();
    }
}
