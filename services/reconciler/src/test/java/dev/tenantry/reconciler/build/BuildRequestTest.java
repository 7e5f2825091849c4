package dev.tenantry.reconciler.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class BuildRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void fieldsThatDoNotAffectRenderingAreLeftOut() throws Exception {
        JsonNode spec = JSON.readTree("""
                {"path": "./apps", "interval": "5m", "prune": true, "wait": true, "targetNamespace": "team-a",
                 "sourceRef": {"kind": "GitRepository", "name": "apps"}, "images": null}
                """);

        BuildRequest request = BuildRequest.of(spec, Map.of(), Set.of());

        assertThat(request.path()).isEqualTo("./apps");
        assertThat(request.rendering()).isEqualTo(JSON.readTree("{\"targetNamespace\": \"team-a\"}"));
        assertThat(request.unset()).isEqualTo(BuildRequest.Unset.FAILS);
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() throws Exception {
        JsonNode one = JSON.readTree("{\"namePrefix\": \"a\", \"nameSuffix\": \"b\"}");
        JsonNode other = JSON.readTree("{\"nameSuffix\": \"b\", \"namePrefix\": \"a\"}");

        assertThat(BuildRequest.of(one, Map.of(), Set.of()).rendering().toString())
                .isEqualTo(BuildRequest.of(other, Map.of(), Set.of()).rendering().toString());
    }

    @Test
    void variablesAreNotPrinted() {
        BuildRequest request = BuildRequest.of(JSON.createObjectNode(), Map.of("password", "hunter2"),
                Set.of("password"));

        assertThat(request.toString()).doesNotContain("hunter2");
    }
}
