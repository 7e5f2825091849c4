package dev.tenantry.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.git.GitServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A commit, changes, a rollback and a deletion, each pushed and then looked for in the API server. */
final class Demo {

    private static final String TOKEN = "a-token-of-the-demo";
    private static final String DEVELOPMENT = "shop-development";
    /** The first ones warm the JVM up and are not counted. */
    private static final int WARM_UP = 5;
    private static final int PUSHES = 20;

    private final String http;
    private final Path kubeconfig;
    private final Consumer<String> out;
    private final HttpClient client = HttpClient.newHttpClient();

    Demo(String http, Path kubeconfig, Consumer<String> out) {
        this.http = http;
        this.kubeconfig = kubeconfig;
        this.out = out;
    }

    /** What a push did, and when it returned. */
    private record Push(long returnedAt, Duration webhook) {}

    void run() throws IOException, InterruptedException {
        try (GitServer git = GitServer.start();
                KubernetesClient api = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                        .build()) {
            var cluster = new Cluster(api);
            var repository = new SampleRepository(git.repository("shop"), Credentials.by(http));
            install(api, cluster, repository);
            var hook = URI.create(http + cluster.webhookPath());

            step("a commit adds a ConfigMap to development", cluster, hook, repository::add, "banner",
                    found -> found.stream()
                            .anyMatch(each -> "Welcome to development".equals(each.getData().get("text"))));
            Timings timings = changes(cluster, hook, repository);
            step("a commit takes the ConfigMap away again", cluster, hook, repository::delete, "banner", List::isEmpty);
            rollback(cluster, hook, repository);

            out.accept("");
            out.accept("%d pushes by webhook, from the push's return to the object in the API server:"
                    .formatted(timings.count()));
            timings.lines().forEach(out);
            out.accept(timings.openings());
            out.accept("demo: ok pushes=%d median=%dms p99=%dms".formatted(timings.count(), timings.medianMillis(),
                    timings.p99Millis()));
        }
    }

    private void install(KubernetesClient api, Cluster cluster, SampleRepository repository)
            throws InterruptedException {
        repository.begin();
        long start = System.nanoTime();
        SampleObjects.apply(api, repository.url(), TOKEN);
        for (String target : SampleObjects.TARGETS) {
            cluster.awaitReady(target, "");
            out.accept("%-52s ready after %5d ms".formatted("Kustomization/" + target, millisSince(start)));
        }
    }

    /** Push, and look for what it shall make of a ConfigMap. */
    private void step(String what, Cluster cluster, URI hook, Supplier<String> commit, String configMap,
            Predicate<List<ConfigMap>> expected) throws IOException, InterruptedException {
        CompletableFuture<Long> seen = cluster.configMap(configMap, expected);
        commit.get();
        Push push = push(hook);
        long at = Cluster.await(what, seen);
        out.accept("%-52s seen after  %5d ms".formatted(what, Duration.ofNanos(at - push.returnedAt()).toMillis()));
    }

    private Timings changes(Cluster cluster, URI hook, SampleRepository repository)
            throws IOException, InterruptedException {
        var timings = new Timings();
        for (int i = 1; i <= WARM_UP + PUSHES; i++) {
            String number = String.valueOf(i);
            CompletableFuture<Long> seen = cluster.configMap("settings",
                    found -> found.stream().anyMatch(each -> number.equals(each.getData().get("number"))));
            SampleRepository.Change change = repository.change(i);
            CompletableFuture<Long> fetched = cluster.sourceAt(change.id());
            CompletableFuture<Long> sealed = cluster.sealed(change.sealed());
            CompletableFuture<Long> opened = cluster.opened(number);
            Push push = push(hook);
            long at = Cluster.await("change " + i, seen);
            long fetchedAt = Cluster.await("the source to be at change " + i, fetched);
            long sealedAt = Cluster.await("the SealedSecret of change " + i, sealed);
            long openedAt = Cluster.await("the Secret of change " + i + " to be opened", opened);
            cluster.awaitReady(DEVELOPMENT, change.id());
            if (i > WARM_UP) {
                Duration total = Duration.ofNanos(at - push.returnedAt());
                timings.add(total,
                        shares(push, total, Duration.ofNanos(Math.max(0, fetchedAt - push.returnedAt())), change.id()));
                timings.addOpening(Duration.ofNanos(Math.max(0, openedAt - sealedAt)));
            }
        }
        out.accept("%-52s all seen".formatted(PUSHES + " changes of a value, one after another"));
        return timings;
    }

    private Map<String, Duration> shares(Push push, Duration total, Duration fetched, String commit)
            throws IOException, InterruptedException {
        Map<String, Duration> shares = new LinkedHashMap<>();
        shares.put("webhook answered", push.webhook());
        shares.put("fetched, in the source's status", fetched.minus(push.webhook()));
        Duration rest = total.minus(fetched);
        for (var stage : stages(commit).entrySet()) {
            if (!stage.getKey().equals("prune") && !stage.getKey().equals("health")) {
                shares.put("reconciler: " + stage.getKey(), stage.getValue());
                rest = rest.minus(stage.getValue());
            }
        }
        shares.put("event, queue, watches", rest.isNegative() ? Duration.ZERO : rest);
        return shares;
    }

    /** Ask the reconciler how long the stages of the run for a commit took. */
    private Map<String, Duration> stages(String commit) throws IOException, InterruptedException {
        JsonNode runs = get("/reconciler/targets/" + SampleObjects.NAMESPACE + "/" + DEVELOPMENT + "/runs");
        Map<String, Duration> stages = new LinkedHashMap<>();
        for (JsonNode run : runs.path("items")) {
            if (run.path("revision").asText().endsWith(commit) && run.path("stageMilliseconds").has("apply")) {
                run.path("stageMilliseconds")
                        .properties()
                        .forEach(stage -> stages.put(stage.getKey(), Duration.ofMillis(stage.getValue().asLong())));
                break;
            }
        }
        return stages;
    }

    private void rollback(Cluster cluster, URI hook, SampleRepository repository)
            throws IOException, InterruptedException {
        String good = repository.change(1_000).id();
        push(hook);
        cluster.awaitReady(DEVELOPMENT, good);
        repository.change(1_001);
        push(hook);
        Cluster.await("the bad change", cluster.configMap("settings",
                found -> found.stream().anyMatch(each -> "1001".equals(each.getData().get("number")))));
        step("a force-push goes back to the commit before", cluster, hook, () -> {
            repository.rollback(good);
            return good;
        }, "settings", found -> found.stream().anyMatch(each -> "1000".equals(each.getData().get("number"))));
    }

    private Push push(URI hook) throws IOException, InterruptedException {
        long returnedAt = System.nanoTime();
        var response = client.send(HttpRequest.newBuilder(hook).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new CommandFailure(
                    "the webhook answered with status %d: %s".formatted(response.statusCode(), response.body()));
        }
        return new Push(returnedAt, Duration.ofNanos(System.nanoTime() - returnedAt));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var response = client.send(HttpRequest.newBuilder(URI.create(http + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new CommandFailure("%s answered with status %d".formatted(path, response.statusCode()));
        }
        return new ObjectMapper().readTree(response.body());
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
