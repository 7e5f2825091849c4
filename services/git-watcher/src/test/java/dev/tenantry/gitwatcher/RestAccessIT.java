package dev.tenantry.gitwatcher;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.cluster.TestAccount;
import dev.tenantry.testkit.git.GitServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(value = RealServers.class, initArgs = @ResourceArg(name = "guarded", value = "true"))
class RestAccessIT {

    private static final String ANSWERS = "paths.'%s'.%s.responses.keySet()";

    @Inject
    KubernetesClient client;

    @Test
    void aTeamSeesItsOwnSourcesAndNobodySeesAnyWithoutAToken() {
        try (GitServer server = GitServer.start()) {
            // Given
            server.repository("apps").file("app.yaml", "a: 1\n").commit("Add the app");
            String spec = "url: " + server.repository("apps").url() + "\nref: {branch: main}\ninterval: 1h\n";
            TestCluster ours = new TestCluster(client);
            TestCluster theirs = new TestCluster(client);
            ours.source("apps", spec);
            theirs.source("apps", spec);
            ours.awaitReady("apps");
            theirs.awaitReady("apps");
            String token = TestAccount.create(client, ours.namespace(), "reader")
                    .may("get", "source.toolkit.fluxcd.io", "gitrepositories")
                    .token();

            // When / Then
            given().get("/git-watcher/sources").then().statusCode(401);
            given().get("/git-watcher/sources/" + ours.namespace() + "/apps").then().statusCode(401);
            given().get("/git-watcher/deliveries").then().statusCode(401);
            given().auth()
                    .oauth2(token)
                    .get("/git-watcher/sources")
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(1))
                    .body("items[0].namespace", equalTo(ours.namespace()));
            given().auth()
                    .oauth2(token)
                    .get("/git-watcher/sources/" + ours.namespace() + "/apps")
                    .then()
                    .statusCode(200);
            given().auth()
                    .oauth2(token)
                    .get("/git-watcher/sources/" + theirs.namespace() + "/apps")
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(token)
                    .get("/git-watcher/sources/" + theirs.namespace() + "/apps/revisions")
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void theInterfaceIsDescribed() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Tenantry git-watcher"))
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
                .body("paths.'/git-watcher/sources'.get.security", equalTo(List.of(Map.of("bearer", List.of()))))
                .body("paths.'/hook/{digest}'.post", not(hasKey("security")))
                .body(ANSWERS.formatted("/git-watcher/sources", "get"), containsInAnyOrder("200", "400", "401", "503"))
                .body(ANSWERS.formatted("/git-watcher/sources/{namespace}/{name}", "get"),
                        containsInAnyOrder("200", "401", "403", "404", "503"))
                .body(ANSWERS.formatted("/git-watcher/sources/{namespace}/{name}/revisions", "get"),
                        containsInAnyOrder("200", "400", "401", "403", "503"))
                .body(ANSWERS.formatted("/git-watcher/deliveries", "get"),
                        containsInAnyOrder("200", "400", "401", "503"))
                .body(ANSWERS.formatted("/git-watcher/git/{namespace}/{name}/info/refs", "get"),
                        containsInAnyOrder("200", "401", "403", "404", "503"))
                .body(ANSWERS.formatted("/hook/{digest}", "post"), hasItem("503"))
                .body("paths.'/git-watcher/sources/{namespace}/{name}/fetches'.get.responses.'503'.description",
                        containsString("Postgres"))
                .body("components.schemas.Fetch.properties.millis.description", containsString("milliseconds"))
                .body("components.schemas.Delivery.properties.bytes.description", containsString("bytes"));
    }
}
