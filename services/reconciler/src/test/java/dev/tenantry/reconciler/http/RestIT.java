package dev.tenantry.reconciler.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
@TestInstance(Lifecycle.PER_CLASS)
class RestIT {

    private static final String GROUP = "kustomize.toolkit.fluxcd.io";
    /** Longer than the API server's word on rights is kept. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String ANSWERS = "paths.'%s'.%s.responses.keySet()";

    private Team team;
    private String viewer;
    private String stranger;

    @BeforeAll
    void deploy() {
        team = new Team();
        team.deploy();
        viewer = team.person("viewer");
        team.let("viewer", "get", GROUP, "kustomizations");
        stranger = team.person("stranger");
    }

    @Test
    void whoShowsNoTokenIsTurnedAway() {
        given().get("/reconciler/targets")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("detail", containsString("bearer token"));
        given().get(path("/diff")).then().statusCode(401);
        given().get("/reconciler/status").then().statusCode(401);
        given().post(path("/reconcile")).then().statusCode(401);
    }

    @Test
    void aStrangerSeesNothing() {
        as(stranger).get("/reconciler/targets").then().statusCode(200).body("items", empty()).body("total", is(0));
        for (String what : List.of("", "/inventory", "/runs", "/inputs", "/diff")) {
            as(stranger).get(path(what))
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", containsString("may not get kustomizations"));
        }
    }

    @Test
    void aListHoldsWhatTheCallerMayGet() {
        as(viewer).get("/reconciler/targets?ready=true")
                .then()
                .statusCode(200)
                .body("total", is(1))
                .body("items[0].name", is("web"))
                .body("items[0].namespace", is(team.namespace()))
                .body("items[0].source.name", is("apps"))
                .body("items[0].ready", is("True"))
                .body("items[0].reason", is("ReconciliationSucceeded"))
                .body("items[0].objects", is(2))
                .body("items[0].owned", is(true))
                .body("items[0].lastRunEndedAt", notNullValue());
        as(viewer).get("/reconciler/targets?ready=False").then().body("total", is(0));
        as(viewer).get("/reconciler/targets?namespace=elsewhere").then().body("total", is(0));
        as(viewer).get(path("")).then().statusCode(200).body("name", is("web"));
    }

    @Test
    void whatIsAskedWronglyIsAProblem() {
        as(viewer).get("/reconciler/targets?ready=maybe")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", is("ready is True, False or Unknown, not maybe."));
        as(viewer).get("/reconciler/targets?size=0").then().statusCode(400).body("status", is(400));
        as(viewer).get("/reconciler/targets/" + team.namespace() + "/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", is("There is no Kustomization " + team.namespace() + "/nobody."));
    }

    @Test
    void theInventoryTellsWhatIsThere() {
        as(viewer).get(path("/inventory"))
                .then()
                .statusCode(200)
                .body("total", is(2))
                .body("items.kind", hasItems("ConfigMap", "Secret"))
                .body("items.presence", everyItem(equalTo("live")));
    }

    @Test
    void runsAndInputsAreRemembered() {
        as(viewer).get(path("/runs"))
                .then()
                .statusCode(200)
                .body("items.outcome", hasItem("ready"))
                .body("items[-1].counts.unchanged", notNullValue())
                .body("items[-1].stageMilliseconds.source", notNullValue());
        as(viewer).get(path("/inputs?size=500"))
                .then()
                .statusCode(200)
                .body("items.path", hasItem("web/objects.yaml"));
    }

    @Test
    void aDiffShowsWhatWouldChangeAndNoSecret() {
        // Given
        var other = new Team();
        other.deploy();
        String admin = other.person("admin");
        other.let("admin", "*", "*", "*");
        String reader = other.person("reader");
        other.let("reader", "get", GROUP, "kustomizations");
        other.let("reader", "get", "", "configmaps");
        other.suspend();
        String revision = other.commit("green", "second");
        String diff = "/reconciler/targets/" + other.namespace() + "/web/diff";
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(admin).get(diff).then().statusCode(200).body("revision", is(revision)));

        // When
        var whole = as(admin).get(diff).then();
        var part = as(reader).get(diff).then();

        // Then
        String configMap = "differences.find { it.kind == 'ConfigMap' }";
        String secret = "differences.find { it.kind == 'Secret' }";
        whole.statusCode(200)
                .body("suspended", is(true))
                .body("hidden", is(0))
                .body(configMap + ".action", is("update"))
                .body(configMap + ".reason", is("changed"))
                .body(configMap + ".fields", hasItem(allOf(hasEntry("path", "/data/color"), hasEntry("before", "blue"),
                        hasEntry("after", "green"))))
                .body(configMap + ".fields", hasItem(allOf(hasEntry("path", "/data/url"),
                        hasEntry("before", "https://me:*****@example.org/blue"),
                        hasEntry("after", "https://me:*****@example.org/green"))))
                .body(secret + ".fields", hasItem(allOf(hasEntry("path", "/data/token"), hasEntry("before", "*****"),
                        hasEntry("after", "*****"))))
                .body(not(containsString("c2Vjb25k")))
                .body(not(containsString("hunter2")));
        part.statusCode(200).body("hidden", is(1)).body("differences.kind", is(List.of("ConfigMap")));
    }

    @Test
    void whoMayPatchCanAskForARun() {
        // Given
        var other = new Team();
        other.deploy();
        String operator = other.person("operator");
        other.let("operator", "get", GROUP, "kustomizations");
        String target = "/reconciler/targets/" + other.namespace() + "/web";
        as(operator).post(target + "/reconcile").then().statusCode(403);
        other.let("operator", "patch", GROUP, "kustomizations");

        // When
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(operator).post(target + "/reconcile").then().statusCode(202));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(operator).get(target + "/runs").then().body("total", greaterThan(1)));
    }

    @Test
    void theReplicaTellsWhatItWorksOn() {
        as(viewer).get("/reconciler/status")
                .then()
                .statusCode(200)
                .body("ownership", containsString("64 of 64"))
                .body("targets", greaterThan(0))
                .body("queue.started", greaterThan(0));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'reconciler' }.data.ownership", containsString("64 of 64"))
                .body("checks.find { it.name == 'reconciler' }.data.broker", is("answers"));
    }

    @Test
    void fetchedSourcesAreMeasured() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(matchesPattern(Pattern.compile(".*^reconciler_repositories_size_bytes [1-9].*",
                        Pattern.DOTALL | Pattern.MULTILINE)));
    }

    @Test
    void targetsAreCountedByTheirReadiness() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(matchesPattern(Pattern.compile(".*^reconciler_targets\\{ready=\"true\"\\} [1-9].*",
                        Pattern.DOTALL | Pattern.MULTILINE)));
    }

    @Test
    void theInterfaceIsDescribed() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItems("/reconciler/targets", "/reconciler/targets/{namespace}/{name}/diff",
                        "/reconciler/targets/{namespace}/{name}/reconcile", "/reconciler/status"))
                .body("tags.name", hasItem("reconciler"))
                .body("info.title", is("Tenantry reconciler"))
                .body("components.securitySchemes.bearer.scheme", is("bearer"))
                .body("paths.findAll { it.key.startsWith('/reconciler') }.values()*.values().flatten().security.flatten()",
                        everyItem(hasEntry("bearer", List.of())))
                .body(ANSWERS.formatted("/reconciler/status", "get"), containsInAnyOrder("200", "401", "503"))
                .body(ANSWERS.formatted("/reconciler/targets", "get"), containsInAnyOrder("200", "400", "401", "503"))
                .body(ANSWERS.formatted("/reconciler/targets/{namespace}/{name}/inventory", "get"),
                        containsInAnyOrder("200", "400", "401", "403", "404", "503"))
                .body("paths.'/reconciler/targets'.get.responses.'200'.content", hasKey("application/json"))
                .body("components.schemas.Run.properties.milliseconds.description", containsString("milliseconds"));
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    private String path(String what) {
        return "/reconciler/targets/" + team.namespace() + "/web" + what;
    }
}
