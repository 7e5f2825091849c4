package dev.tenantry.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What the API server shows, watched from before a push until it is there. */
final class Cluster {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    /** Complete with the time, by {@link System#nanoTime}, at which a ConfigMap of development is as expected. */
    CompletableFuture<Long> configMap(String name, Predicate<List<ConfigMap>> expected) {
        return client.configMaps()
                .inNamespace("shop-development")
                .withName(name)
                .informOnCondition(expected::test)
                .thenApply(found -> System.nanoTime());
    }

    /** Complete with the time at which the SealedSecret of development has a sealed value. */
    CompletableFuture<Long> sealed(String value) {
        return client.genericKubernetesResources("bitnami.com/v1alpha1", "SealedSecret")
                .inNamespace("shop-development")
                .withName(Credentials.NAME)
                .informOnCondition(found -> found.stream()
                        .anyMatch(each -> value.equals(each.get("spec", "encryptedData", Credentials.KEY))))
                .thenApply(found -> System.nanoTime());
    }

    /** Complete with the time at which the Secret that is made of it has a value. */
    CompletableFuture<Long> opened(String value) {
        String expected = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return client.secrets()
                .inNamespace("shop-development")
                .withName(Credentials.NAME)
                .informOnCondition(found -> found.stream()
                        .anyMatch(
                                each -> each.getData() != null && expected.equals(each.getData().get(Credentials.KEY))))
                .thenApply(found -> System.nanoTime());
    }

    /** Complete with the time at which the source's status names a commit. */
    CompletableFuture<Long> sourceAt(String commit) {
        return client.genericKubernetesResources("source.toolkit.fluxcd.io/v1", "GitRepository")
                .inNamespace(SampleObjects.NAMESPACE)
                .withName(SampleObjects.SOURCE)
                .informOnCondition(found -> found.stream().anyMatch(source -> revision(source).endsWith(commit)))
                .thenApply(found -> System.nanoTime());
    }

    /** Wait until a target is ready at a commit. */
    void awaitReady(String target, String commit) throws InterruptedException {
        await("Kustomization/" + target + " to be ready",
                client.genericKubernetesResources("kustomize.toolkit.fluxcd.io/v1", "Kustomization")
                        .inNamespace(SampleObjects.NAMESPACE)
                        .withName(target)
                        .informOnCondition(found -> found.stream().anyMatch(each -> isReadyAt(each, commit))));
    }

    /** Wait for the path of the webhook. */
    String webhookPath() throws InterruptedException {
        List<GenericKubernetesResource> receivers = await("Receiver/shop to have a path",
                client.genericKubernetesResources("notification.toolkit.fluxcd.io/v1", "Receiver")
                        .inNamespace(SampleObjects.NAMESPACE)
                        .withName(SampleObjects.RECEIVER)
                        .informOnCondition(found -> found.stream().anyMatch(each -> path(each) != null)));
        return path(receivers.getFirst());
    }

    static <T> T await(String what, CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure("waited %d s in vain for %s".formatted(LIMIT.toSeconds(), what), e);
        } catch (ExecutionException e) {
            throw new CommandFailure("cannot watch for %s: %s".formatted(what, e.getCause().getMessage()), e);
        } finally {
            // Ends the watch where it still runs.
            future.cancel(true);
        }
    }

    private static String revision(GenericKubernetesResource source) {
        return String.valueOf((Object) source.get("status", "artifact", "revision"));
    }

    private static String path(GenericKubernetesResource receiver) {
        return receiver.get("status", "webhookPath");
    }

    private static boolean isReadyAt(GenericKubernetesResource target, String commit) {
        String revision = target.get("status", "lastAppliedRevision");
        List<Map<String, Object>> conditions = target.get("status", "conditions");
        return revision != null && revision.endsWith(commit) && conditions != null && conditions.stream()
                .anyMatch(condition -> "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }
}
