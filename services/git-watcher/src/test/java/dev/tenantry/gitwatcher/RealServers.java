package dev.tenantry.gitwatcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kafka.Broker;
import dev.tenantry.testkit.postgres.Postgres;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Run the service against a real API server, and against a broker and a Postgres unless they are left out. */
public class RealServers implements QuarkusTestResourceLifecycleManager {

    static final String CONSUMER_TOKEN = "a token for the tests of git-watcher";

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
        // Where the client finds its cluster, as on a person's machine.
        System.setProperty("kubeconfig", cluster.kubeconfig().toString());
        Map<String, String> settings = new HashMap<>(Map.of(
                "git-watcher.data-directory", folder().toString(),
                "git-watcher.allow-http", "true",
                "git-watcher.allow-loopback", "true",
                "git-watcher.access.required", Boolean.toString(guarded),
                "git-watcher.consumer-token", CONSUMER_TOKEN,
                "git-watcher.retry.first", "200ms",
                "git-watcher.retry.longest", "1s",
                "git-watcher.broker-patience", "1s",
                "git-watcher.namespace", "default",
                "quarkus.http.host", "127.0.0.1"));
        settings.putAll(Map.of(
                "quarkus.http.test-port", "0",
                // A limit that a test reaches however slow the machine is.
                "git-watcher.webhooks.burst", "20",
                "git-watcher.webhooks.refill", "10s"));
        settings.putAll(alone ? withoutServers() : withServers());
        return settings;
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
    }

    private static Map<String, String> withServers() {
        Postgres.Database database = Postgres.shared().newDatabase();
        return Map.of(
                "kafka.bootstrap.servers", Broker.shared().bootstrapServers(),
                "quarkus.datasource.\"git-watcher\".jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.\"git-watcher\".username", database.user(),
                "quarkus.datasource.\"git-watcher\".password", database.password());
    }

    private static Map<String, String> withoutServers() {
        // Port 1 is nobody's.
        return Map.of(
                "kafka.bootstrap.servers", "localhost:1",
                "quarkus.datasource.\"git-watcher\".jdbc.url", "jdbc:postgresql://localhost:1/none");
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("git-watcher-it");
            Path downloads = Files.createDirectory(folder.resolve("downloads"));
            // As a kill leaves it.
            Files.writeString(downloads.resolve("artifact-left.tar.gz"), "half an archive");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
