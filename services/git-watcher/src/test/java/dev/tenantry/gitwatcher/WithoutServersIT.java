package dev.tenantry.gitwatcher;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(value = RealServers.class, initArgs = @ResourceArg(name = "alone", value = "true"))
class WithoutServersIT {

    @Inject
    KubernetesClient client;

    @Test
    void withoutBrokerAndPostgresSourcesAreWatchedAndWebhooksTaken() {
        try (GitServer server = GitServer.start()) {
            // Given
            TestRepository repository = server.repository("apps");
            repository.file("app.yaml", "a: 1\n").commit("Add the app");
            TestCluster cluster = new TestCluster(client);
            cluster.secret("token", Map.of("token", "a token"));
            cluster.source("apps", "url: " + repository.url() + "\nref: {branch: main}\ninterval: 1h\n");
            cluster.awaitReady("apps");
            cluster.receiver("push", """
                    type: generic
                    secretRef: {name: token}
                    resources:
                      - {kind: GitRepository, name: "*"}
                    """);
            String path = cluster.awaitWebhookPath("push");
            String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

            // When
            given().body("").post(path).then().statusCode(200);

            // Then
            cluster.awaitRevision("apps", "main@sha1:" + commit);
            given().get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'git-watcher' }.data.broker", startsWith("does not answer"))
                    .body("checks.find { it.name == 'git-watcher' }.data.ownership", containsString("holds the Lease"));
            given().get("/git-watcher/sources/" + cluster.namespace() + "/apps/revisions")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json");
        }
    }
}
