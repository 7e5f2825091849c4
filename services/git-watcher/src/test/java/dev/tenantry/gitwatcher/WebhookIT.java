package dev.tenantry.gitwatcher;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Cause;
import dev.tenantry.events.Reading;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.RevisionObserved;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(RealServers.class)
class WebhookIT {

    private static final String TOKEN = "a token of the receiver";
    private static final String BODY = "{\"ref\":\"refs/heads/main\"}";

    @Inject
    KubernetesClient client;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private GitServer server;
    private TestRepository repository;
    private TestCluster cluster;

    @BeforeEach
    void start() {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n").commit("Add the app");
        cluster = new TestCluster(client);
        cluster.secret("token", Map.of("token", TOKEN));
        cluster.source("apps", "url: " + repository.url() + "\nref: {branch: main}\ninterval: 1h\n");
        cluster.awaitReady("apps");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSignedPushIsInTheStatusAndOnTheTopicAtOnce() {
        // Given
        String path = receiver("type: generic-hmac");
        try (PublishedEvents events = new PublishedEvents(bootstrapServers)) {
            String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

            // When
            Instant called = Instant.now();
            given().header("X-Signature", "sha256=" + hmac(BODY))
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .body(BODY)
                    .post(path)
                    .then()
                    .statusCode(200);

            // Then
            cluster.awaitRevision("apps", "main@sha1:" + commit);
            await().untilAsserted(() -> assertThat(events.about(cluster.namespace(), "apps"))
                    .anySatisfy(event -> assertThat(event.event()).isInstanceOf(ReconcileRequested.class))
                    .anySatisfy(event -> assertThat(event.event()).isInstanceOf(RevisionObserved.class)));
            Reading.Decoded revision = events.about(cluster.namespace(), "apps")
                    .stream()
                    .filter(event -> event.event() instanceof RevisionObserved)
                    .findFirst()
                    .orElseThrow();
            RevisionObserved observed = (RevisionObserved) revision.event();
            assertThat(observed.cause()).isEqualTo(Cause.WEBHOOK);
            assertThat(revision.attributes().traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
            System.getLogger("WebhookIT")
                    .log(System.Logger.Level.INFO, "webhook to status took {0} ms",
                            Duration.between(called, observed.observedAt()).toMillis());
        }
    }

    @Test
    void anUnsignedCallIsRefusedAndFetchesNothing() {
        // Given
        String path = receiver("type: generic-hmac");
        server.counts().reset();

        // When
        given().body(BODY)
                .post(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body(containsString("not signed"));
        given().header("X-Signature", "sha256=" + hmac("another body")).body(BODY).post(path).then().statusCode(401);

        // Then
        await().during(Duration.ofSeconds(1)).until(() -> server.counts().advertisements() == 0);
    }

    @Test
    void gitHubsPushIsTakenItsPingAnsweredAndOtherEventsIgnored() {
        // Given
        String path = receiver("type: github", "events: [push]");
        String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

        // When
        gitHub(path, "ping").then().statusCode(200);
        gitHub(path, "issues").then().statusCode(200).body(containsString("ignored"));
        server.counts().reset();
        gitHub(path, "push").then().statusCode(200);

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
        assertThat(server.counts().advertisements()).isEqualTo(1);
    }

    @Test
    void aGenericCallIsProvenByItsPathAndLimited() {
        // Given
        String path = receiver("type: generic");

        // When
        int[] statuses = new int[40];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = given().body("").post(path).statusCode();
        }

        // Then
        assertThat(statuses).startsWith(200, 200, 200).contains(429);
    }

    @Test
    void anUnknownPathIsNotFound() {
        // When / Then
        given().body(BODY).post("/hook/" + "0".repeat(64)).then().statusCode(404);
        given().get("/hook/" + "0".repeat(64)).then().statusCode(405);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        // Given
        String path = receiver("type: generic");

        // When / Then
        given().body(new byte[1024 * 1024 + 1]).post(path).then().statusCode(413);
        given().body(new byte[1024 * 1024]).post(path).then().statusCode(200);
    }

    @Test
    void aReceiverOfATeamReachesNoOtherNamespace() {
        // Given
        TestCluster other = new TestCluster(client);
        other.secret("token", Map.of("token", TOKEN));

        // When
        other.receiver("push", """
                type: generic
                secretRef: {name: token}
                resources:
                  - {kind: GitRepository, name: apps, namespace: %s}
                """.formatted(cluster.namespace()));

        // Then
        await().untilAsserted(() -> assertThat(other.hook("push").getStatus().conditions())
                .anySatisfy(condition -> assertThat(condition.reason()).isEqualTo("AccessDenied")));
        assertThat(other.hook("push").getStatus().webhookPath()).isNull();
    }

    @Test
    void objectsOfOtherKindsAreAnnotatedByTheirLabels() {
        // Given
        client.resource("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web, namespace: %1$s, labels: {app: web}}
                spec: {interval: 1h, prune: true, suspend: true, sourceRef: {kind: GitRepository, name: apps}}
                """.formatted(cluster.namespace())).create();
        cluster.receiver("push", """
                type: generic
                secretRef: {name: token}
                resources:
                  - {kind: Kustomization, name: "*", matchLabels: {app: web}}
                """);

        // When
        given().body("").post(cluster.awaitWebhookPath("push")).then().statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(
                client.genericKubernetesResources("kustomize.toolkit.fluxcd.io/v1", "Kustomization")
                        .inNamespace(cluster.namespace())
                        .withName("web")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("reconcile.fluxcd.io/requestedAt"));
    }

    @Test
    void deliveriesAndRevisionsAreKept() {
        // Given
        String path = receiver("type: generic-hmac");
        String commit = repository.author("Ada", "ada@example.org").file("other.yaml", "b: 1\n").commit("Add another");

        // When
        given().header("X-Signature", "sha256=" + hmac(BODY)).body(BODY).post(path).then().statusCode(200);
        given().body(BODY).post(path).then().statusCode(401);
        cluster.awaitRevision("apps", "main@sha1:" + commit);

        // Then
        await().untilAsserted(() -> given().queryParam("namespace", cluster.namespace())
                .get("/git-watcher/deliveries")
                .then()
                .statusCode(200)
                .body("total", equalTo(2))
                .body("items[0].verdict", equalTo("refused"))
                .body("items[1].verdict", equalTo("accepted")));
        await().untilAsserted(() -> given()
                .get("/git-watcher/sources/" + cluster.namespace() + "/apps/revisions")
                .then()
                .statusCode(200)
                .body("total", equalTo(2))
                .body("items[0].author", equalTo("Ada"))
                .body("items[0].message", equalTo("Add another"))
                .body("items[0].changedPaths", equalTo(List.of("other.yaml"))));
        given().get("/git-watcher/sources/" + cluster.namespace() + "/apps/fetches")
                .then()
                .statusCode(200)
                .body("items[0].cause", equalTo("webhook"))
                .body("items[0].result", equalTo("Succeeded"));
    }

    private String receiver(String... fields) {
        cluster.receiver("push", String.join("\n", fields) + """

                secretRef: {name: token}
                resources:
                  - {kind: GitRepository, name: apps}
                """);
        return cluster.awaitWebhookPath("push");
    }

    private static Response gitHub(String path, String event) {
        return given().header("X-Hub-Signature-256", "sha256=" + hmac(BODY))
                .header("X-GitHub-Event", event)
                .body(BODY)
                .post(path);
    }

    private static String hmac(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
