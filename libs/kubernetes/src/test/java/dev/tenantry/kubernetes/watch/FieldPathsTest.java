package dev.tenantry.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class FieldPathsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void fieldsAreNamedByTheirPaths() throws Exception {
        assertThat(FieldPaths.of("""
                        {"f:metadata": {"f:annotations": {".": {}, "f:example.org/owner": {}}},
                         "f:spec": {"f:replicas": {}, "f:template": {"f:spec": {"f:containers": {
                           "k:{\\"name\\":\\"web\\"}": {".": {}, "f:image": {}}}}}}}
                        """,
                json("""
                        {"metadata": {"annotations": {"example.org/owner": "a"}},
                         "spec": {"replicas": 2, "template": {"spec": {"containers": [
                           {"name": "helper", "image": "x"}, {"name": "web", "image": "y"}]}}}}
                        """)))
                .containsExactly(".metadata.annotations[\"example.org/owner\"]", ".spec.replicas",
                        ".spec.template.spec.containers[name=\"web\"].image");
    }

    @Test
    void fieldsThatTheObjectDoesNotHaveAreLeftOut() throws Exception {
        assertThat(FieldPaths.of("{\"f:data\": {\"f:theirs\": {}, \"f:ours\": {}}, \"f:spec\": {\"f:replicas\": {}}}",
                json("{\"data\": {\"ours\": \"1\"}}"))).containsExactly(".data.ours");
    }

    @Test
    void anItemIsFoundThoughAKeyHasItsDefault() throws Exception {
        assertThat(FieldPaths.of(
                "{\"f:ports\": {\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\": {\"f:targetPort\": {}}}}",
                json("{\"ports\": [{\"port\": 80, \"targetPort\": 8080}]}")))
                .containsExactly(".ports[port=80,protocol=\"TCP\"].targetPort");
    }

    @Test
    void valuesOfSetsAreNotTold() throws Exception {
        assertThat(FieldPaths.of("{\"f:finalizers\": {\"v:\\\"secret\\\"\": {}, \"v:\\\"other\\\"\": {}}}",
                json("{\"finalizers\": [\"secret\"]}"))).containsExactly(".finalizers[]");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
