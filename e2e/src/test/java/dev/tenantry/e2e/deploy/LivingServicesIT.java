package dev.tenantry.e2e.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.e2e.ServiceProcess;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import dev.tenantry.testkit.kafka.Broker;
import dev.tenantry.testkit.workers.Workers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The services run as they would in pods, each with the rights that deploy/ gives its account and no others. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivingServicesIT {

    private static final String SYSTEM = "tenantry-system";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              colour: ${colour}
              size: "%d"
            """;

    @TempDir
    private static Path folder;

    private static ControlPlane cluster;
    private static Broker broker;
    private static GitServer git;
    private static TestRepository repository;
    private static ServiceProcess gitWatcher;
    private static ServiceProcess reconciler;
    private static String team;

    @BeforeAll
    static void start() throws Exception {
        cluster = ControlPlane.start();
        broker = Broker.start();
        git = GitServer.start().allow("team", "password");
        repository = git.repository("web");
        repository.file("settings.yaml", SETTINGS.formatted(1)).commit("one");
        team = cluster.newNamespace();
        ObjectApi api = ObjectApi.of(cluster.client());
        Overlay.of("overlays/services").apply(api);
        Overlay.of("tenant-namespace", team).apply(api);
        int port = ServiceProcess.freePort();
        URI watcherUrl = URI.create("http://127.0.0.1:" + port);
        gitWatcher = ServiceProcess.launch("services/git-watcher", folder, gitWatcherEnvironment(port, watcherUrl));
        reconciler = ServiceProcess.launch("services/reconciler", folder, reconcilerEnvironment(watcherUrl));
        gitWatcher.awaitReady();
        reconciler.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[]{reconciler, gitWatcher, git, broker, cluster}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    @Order(1)
    void servicesNeedNoRightThatTheirAccountsLack() throws Exception {
        // Given
        cluster.client()
                .load(Files.newInputStream(Files.writeString(folder.resolve("objects.yaml"), objects())))
                .inNamespace(team)
                .create();
        await().atMost(SOON).untilAsserted(() -> assertThat(settings()).containsEntry("size", "1"));
        String hook = await().atMost(SOON).until(() -> webhookPath(), path -> !path.isEmpty());

        // When
        repository.file("settings.yaml", SETTINGS.formatted(2)).commit("two");
        int answer = call(gitWatcher.url().resolve(hook));

        // Then
        assertThat(answer).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(settings()).containsEntry("size", "2"));
        assertThat(settings()).containsEntry("colour", "blue");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cluster.client().v1().events().inNamespace(team).list().getItems())
                        .extracting(event -> event.getInvolvedObject().getKind())
                        .contains("GitRepository", "Kustomization"));
        for (ServiceProcess service : List.of(gitWatcher, reconciler)) {
            assertThat(service.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    @Test
    @Order(2)
    void uninstallBesideAReconcilerThatStillRunsPrunesNothing() throws Exception {
        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        await().during(Duration.ofSeconds(5))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(settings()).containsEntry("size", "2"));
    }

    private static Map<String, String> gitWatcherEnvironment(int port, URI url) throws IOException {
        Map<String, String> environment = environment("git-watcher");
        environment.put(ServiceProcess.PORT, Integer.toString(port));
        environment.put("GIT_WATCHER_DATA_DIRECTORY", folder.resolve("git-watcher").toString());
        environment.put("GIT_WATCHER_ADVERTISED_URL", url.toString());
        // The git server of this test is on this machine.
        environment.put("GIT_WATCHER_ALLOW_HTTP", "true");
        environment.put("GIT_WATCHER_ALLOW_LOOPBACK", "true");
        return environment;
    }

    private static Map<String, String> reconcilerEnvironment(URI contents) throws IOException, InterruptedException {
        Path token = Files.writeString(folder.resolve("token"),
                new Account(SYSTEM, "reconciler").token(cluster, "git-watcher"));
        Map<String, String> environment = environment("reconciler");
        environment.put("RECONCILER_DATA", folder.resolve("reconciler").toString());
        environment.put("RECONCILER_GIT_WATCHER_URL", contents.toString());
        environment.put("RECONCILER_GIT_WATCHER_TOKEN_FILE", token.toString());
        environment.put("TENANTRY_WORKERS", Workers.folder().toString());
        return environment;
    }

    private static Map<String, String> environment(String account) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", new Account(SYSTEM, account).kubeconfig(cluster, folder).toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        return environment;
    }

    private static String objects() {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: deployer}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: deployer}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
                subjects:
                  - {kind: ServiceAccount, name: deployer, namespace: %1$s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: web}
                stringData: {username: team, password: password, token: webhook}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: variables}
                data: {colour: blue}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: web}
                spec: {url: "%2$s", ref: {branch: main}, interval: 1h, secretRef: {name: web}}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: web}
                spec:
                  type: generic
                  secretRef: {name: web}
                  resources:
                    - {kind: GitRepository, name: web}
                    - {kind: Kustomization, name: "*"}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web}
                spec:
                  sourceRef: {kind: GitRepository, name: web}
                  targetNamespace: %1$s
                  serviceAccountName: deployer
                  interval: 1h
                  prune: true
                  wait: true
                  postBuild:
                    substituteFrom:
                      - {kind: ConfigMap, name: variables}
                """.formatted(team, repository.url());
    }

    private static Map<String, String> settings() {
        ConfigMap settings = cluster.client().configMaps().inNamespace(team).withName("settings").get();
        return settings == null ? Map.of() : settings.getData();
    }

    private static String webhookPath() {
        HasMetadata receiver = cluster.client()
                .genericKubernetesResources("notification.toolkit.fluxcd.io/v1", "Receiver")
                .inNamespace(team)
                .withName("web")
                .get();
        return Serialization.jsonMapper().valueToTree(receiver).at("/status/webhookPath").asText();
    }

    private static int call(URI hook) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(hook)
                    .POST(HttpRequest.BodyPublishers.ofString("{}", UTF_8))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
