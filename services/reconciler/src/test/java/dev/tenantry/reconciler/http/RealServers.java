package dev.tenantry.reconciler.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.kafka.Broker;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Run the service against a real API server, broker and kustomize, with a git server in git-watcher's place. */
public class RealServers implements QuarkusTestResourceLifecycleManager {

    private static final String NAMESPACE = "tenantry-system";

    private static @Nullable GitServer git;

    @Override
    public Map<String, String> start() {
        ControlPlane cluster = ControlPlane.shared();
        prepare(cluster.client());
        git = GitServer.start();
        // Where the client finds its cluster, as on a person's machine.
        System.setProperty("kubeconfig", cluster.kubeconfig().toString());
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, workers().toString());
        return Map.of(
                "reconciler.data", folder().toString(),
                "reconciler.git-watcher.url", git.url().toString(),
                "reconciler.git-watcher.token", "a token for the tests of the reconciler",
                "kafka.bootstrap.servers", Broker.shared().bootstrapServers(),
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
        if (git != null) {
            git.close();
        }
    }

    /** Give the server that stands in for git-watcher. */
    static GitServer git() {
        return Objects.requireNonNull(git);
    }

    private static Path workers() {
        try {
            return Workers.folder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the workers were built", e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("reconciler-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(KubernetesClient client) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .serverSideApply();
        Definitions.all()
                .stream()
                .map(definition -> definition.as(CustomResourceDefinition.class))
                .map(definition -> client.resource(definition).forceConflicts().serverSideApply())
                .forEach(definition -> client.resource(definition)
                        .waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS));
    }
}
