package dev.tenantry.secretsservice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kafka.Broker;
import dev.tenantry.testkit.workers.Workers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Run the service against a real API server, and against a broker unless that is left out. */
public class RealServers implements QuarkusTestResourceLifecycleManager {

    static final String KEYS = "sealing-keys";

    private boolean alone;
    private boolean guarded;

    @Override
    public void init(Map<String, String> arguments) {
        alone = Boolean.parseBoolean(arguments.get("alone"));
        guarded = Boolean.parseBoolean(arguments.get("guarded"));
    }

    @Override
    public Map<String, String> start() {
        ControlPlane cluster = ControlPlane.shared();
        install(cluster.client());
        cluster.client()
                .resource(new NamespaceBuilder().withNewMetadata().withName(KEYS).endMetadata().build())
                .serverSideApply();
        // Where the client finds its cluster, as on a person's machine.
        System.setProperty("kubeconfig", cluster.kubeconfig().toString());
        System.setProperty("tenantry.workers", workers());
        Map<String, String> settings = new HashMap<>(Map.of(
                "secrets-service.access.required", Boolean.toString(guarded),
                "secrets-service.retry.first", "200ms",
                "secrets-service.retry.longest", "1s",
                "secrets-service.broker-patience", "1s",
                "secrets-service.namespace", "default",
                "secrets-service.keys.namespace", KEYS,
                // Quicker to make and to use; nothing here depends on the size.
                "secrets-service.keys.size", "2048",
                "secrets-service.templates.timeout", "2s"));
        settings.putAll(Map.of(
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.test-port", "0",
                // Port 1 is nobody's.
                "kafka.bootstrap.servers", alone ? "localhost:1" : Broker.shared().bootstrapServers()));
        return settings;
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
        System.clearProperty("tenantry.workers");
    }

    private static String workers() {
        try {
            return Workers.folder().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void install(KubernetesClient client) {
        Definitions.all()
                .stream()
                .map(definition -> definition.as(CustomResourceDefinition.class))
                .map(definition -> client.resource(definition).forceConflicts().serverSideApply())
                .forEach(definition -> client.resource(definition)
                        .waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS));
    }
}
