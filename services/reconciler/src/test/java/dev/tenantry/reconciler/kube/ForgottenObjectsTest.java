package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.prune.ObjectRemover;
import dev.tenantry.testkit.api.FakeApiServer;

/** Objects of a kind that no watch follows are known by our own requests only. */
class ForgottenObjectsTest {

    private final Manifest widget = Team.manifest("""
            apiVersion: example.org/v1
            kind: Widget
            metadata: {name: w, namespace: team, uid: uid, resourceVersion: "5"}
            """);
    private volatile boolean exists = true;
    private final FakeApiServer server = new FakeApiServer(this::respond);
    private final ObjectApi api = ObjectApi.connect(server.config());
    private final LiveObjects live = new LiveObjects(api, (owner, ref, now) -> {});
    private final AccountObjects objects = new AccountObjects(new Account("team", "default"), api, new Discovery(api),
            live);
    private final AccountRemover remover = objects.remover();

    @AfterEach
    void close() {
        live.close();
        api.close();
        server.close();
    }

    @Test
    void whatWasDeletedIsForgotten() {
        // Given
        answer(objects.apply(widget));
        assertThat(live.find(widget.ref())).isPresent();

        // When
        var removal = answer(remover.delete(widget));

        // Then
        assertThat(removal).isEqualTo(new ObjectRemover.Deleted());
        assertThat(live.find(widget.ref())).isEmpty();
    }

    @Test
    void whatIsNotFoundIsForgotten() {
        // Given
        answer(objects.apply(widget));
        answer(remover.find(widget.ref(), "v1"));
        assertThat(live.find(widget.ref())).isPresent();
        exists = false;

        // When
        var found = answer(remover.find(widget.ref(), "v1"));

        // Then
        assertThat(found).isEqualTo(new ObjectRemover.Absent());
        assertThat(live.find(widget.ref())).isEmpty();
    }

    private void respond(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/api" -> FakeApiServer.json(exchange, 200, """
                    {"kind":"APIGroupDiscoveryList","items":[]}""");
            case "/apis" -> FakeApiServer.json(exchange, 200, """
                    {"kind":"APIGroupDiscoveryList","items":[
                      {"metadata":{"name":"example.org"},"versions":[{"version":"v1","resources":[
                        {"resource":"widgets","responseKind":{"kind":"Widget"},"scope":"Namespaced"}]}]}]}""");
            default -> {
                if (exists) {
                    FakeApiServer.json(exchange, 200, widget.toJson());
                } else {
                    FakeApiServer.status(exchange, 404, "NotFound");
                }
            }
        }
    }
}
