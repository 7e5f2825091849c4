package dev.tenantry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.api.FakeApiServer;

class PlainDiscoveryTest {

    @Test
    void anOldServerIsAskedGroupByGroup() {
        try (FakeApiServer server = new FakeApiServer(exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/api" -> FakeApiServer.json(exchange, 200, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
                case "/apis" -> FakeApiServer.json(exchange, 200, """
                        {"kind":"APIGroupList","groups":[
                          {"name":"example.org","preferredVersion":{"groupVersion":"example.org/v1"},
                           "versions":[{"groupVersion":"example.org/v2beta1"},{"groupVersion":"example.org/v1"}]},
                          {"name":"down.example.org","preferredVersion":{"groupVersion":"down.example.org/v1"},
                           "versions":[{"groupVersion":"down.example.org/v1"}]}]}""");
                case "/api/v1" -> FakeApiServer.json(exchange, 200, """
                        {"kind":"APIResourceList","resources":[
                          {"name":"pods","kind":"Pod","namespaced":true,"verbs":["get","list"]},
                          {"name":"pods/status","kind":"Pod","namespaced":true,"verbs":["get"]}]}""");
                case "/apis/down.example.org/v1" -> FakeApiServer.status(exchange, 500, "InternalError");
                default -> FakeApiServer.json(exchange, 200, """
                        {"kind":"APIResourceList","resources":[
                          {"name":"widgets","kind":"Widget","namespaced":false,"verbs":["get"]}]}""");
            }
        }); ObjectApi api = ObjectApi.connect(server.config())) {
            Discovery discovery = new Discovery(api);

            // When
            Optional<ResourceType> pods = Stages.await(discovery.find("", "v1", "Pod"));
            Optional<ResourceType> preferred = Stages.await(discovery.preferred("example.org", "Widget"));
            Optional<ResourceType> other = Stages.await(discovery.find("example.org", "v2beta1", "Widget"));
            ApiError down = Stages.failure(discovery.preferred("down.example.org", "Gadget"));
            Optional<ResourceType> none = Stages.await(discovery.preferred("example.org", "Gadget"));

            // Then
            assertThat(pods).map(ResourceType::plural).contains("pods");
            assertThat(preferred).map(ResourceType::version).contains("v1");
            assertThat(other).map(ResourceType::namespaced).contains(false);
            assertThat(down.isTransient()).isTrue();
            assertThat(down.message()).contains("down.example.org/v1");
            assertThat(none).isEmpty();
        }
    }
}
