package dev.tenantry.kubernetes.notification;

import static dev.tenantry.kubernetes.YamlManifest.fields;
import static dev.tenantry.kubernetes.YamlManifest.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.kubernetes.meta.LocalObjectReference;

class ReceiverTest {

    @Test
    void readsWhatIsWritten() {
        // When
        ReceiverSpec spec = spec("""
                type: github
                events: [ping, push]
                resources:
                - {kind: GitRepository, name: "*", matchLabels: {team: web}}
                """);

        // Then
        assertThat(spec.secretRef()).isEqualTo(new LocalObjectReference("token"));
        assertThat(spec.events()).containsExactly("ping", "push");
        assertThat(spec.resources())
                .containsExactly(new ReceiverResource(null, "GitRepository", "*", null, Map.of("team", "web"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "generic-hmac", "github"})
    void theseTypesAreImplemented(String type) {
        assertThat(spec("type: " + type).unsupportedFields()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{type: gitlab}                                                      | spec.type: gitlab",
            "{type: github, resourceFilter: x}                                   | spec.resourceFilter",
            "{type: github, oidcProviders: [{issuerURL: x, validations: []}]}    | spec.oidcProviders",
            "{type: github, resources: [{kind: Bucket, name: a, filter: x}]}     | spec.resources[].filter"})
    void fieldsThatAreNotImplementedAreNamed(String fields, String name) {
        assertThat(spec(fields).unsupportedFields()).containsExactly(name);
    }

    private static ReceiverSpec spec(String fields) {
        return yaml("""
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: push, namespace: web}
                """).with(json -> {
            json.set("spec", fields(fields));
            json.withObject("/spec/secretRef").put("name", "token");
            return json;
        }).as(Receiver.class).getSpec();
    }
}
