package dev.tenantry.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.workload.FluxKind;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.bench.workload.FluxObjects.Place;
import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** A repository that is followed, and the way to tell of a push to it: a webhook, or else an annotation. */
public final class Source {

    private static final Duration PATH_LIMIT = Duration.ofSeconds(15);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(CALL_LIMIT).build();

    private final KubernetesClient client;
    private final Place place;
    private final Optional<URI> hook;

    private Source(KubernetesClient client, Place place, Optional<URI> hook) {
        this.client = client;
        this.place = place;
        this.hook = hook;
    }

    /** Follow a repository; pushes are told by an annotation until {@link #withHook}. */
    public static Source follow(Rig rig, Place place, URI url, Duration interval) {
        FluxKind.GIT_REPOSITORY.in(rig.client())
                .inNamespace(place.namespace())
                .resource(FluxObjects.gitRepository(place, url, interval))
                .create();
        return new Source(rig.client(), place, Optional.empty());
    }

    /** Make a Receiver, and tell pushes by it, if the controllers have such; else by the annotation as before. */
    public Source withHook(Rig rig) throws InterruptedException {
        Optional<String> path = path(rig);
        Optional<URI> found = path.isPresent() ? hook(rig.installation().addresses(), path.get()) : Optional.empty();
        if (found.isEmpty()) {
            rig.say("no webhook is taken; pushes are told by the annotation reconcile.fluxcd.io/requestedAt");
        }
        return new Source(client, place, found);
    }

    /** Who wrote the path into the status takes calls at it a moment later, once its own watch has told it. */
    private static Optional<URI> hook(List<URI> addresses, String path) throws InterruptedException {
        long deadline = System.nanoTime() + CALL_LIMIT.toNanos();
        while (true) {
            Optional<URI> found = addresses.stream()
                    .map(address -> address.resolve(path))
                    .filter(Source::call)
                    .findFirst();
            if (found.isPresent() || System.nanoTime() > deadline) {
                return found;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Tell the controllers of a push. */
    public void announce() {
        if (hook.isEmpty()) {
            annotate();
        } else if (!call(hook.get())) {
            throw new CommandFailure("the webhook %s is no longer taken".formatted(hook.get()));
        }
    }

    private Optional<String> path(Rig rig) throws InterruptedException {
        client.resource(new SecretBuilder().withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.name())
                .addToLabels(FluxObjects.RUN_LABEL, rig.run())
                .endMetadata()
                .addToStringData("token", "token of " + rig.run())
                .build()).create();
        var receivers = FluxKind.RECEIVER.in(client).inNamespace(place.namespace());
        try {
            receivers.resource(FluxObjects.receiver(place, place.name())).create();
        } catch (KubernetesClientException e) {
            rig.say("no Receiver can be made: " + e.getMessage());
            return Optional.empty();
        }
        var seen = receivers.withName(place.name())
                .informOnCondition(found -> found.stream().anyMatch(each -> path(each) != null));
        try {
            return Optional.ofNullable(path(seen.get(PATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS).getFirst()));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Looking at a Receiver failed", e.getCause());
        } finally {
            seen.cancel(true);
        }
    }

    private static @Nullable String path(GenericKubernetesResource receiver) {
        return receiver.get("status", "webhookPath");
    }

    private static boolean call(URI hook) {
        try {
            var request = HttpRequest.newBuilder(hook)
                    .timeout(CALL_LIMIT)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            // What listens there does not speak HTTP.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a webhook was called", e);
        }
    }

    private void annotate() {
        FluxKind.GIT_REPOSITORY.in(client)
                .inNamespace(place.namespace())
                .withName(place.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": "%s"}}}"""
                        .formatted(Instant.now()));
    }
}
