package dev.tenantry.secretsservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.testkit.cluster.TestAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@WithTestResource(value = RealServers.class, initArgs = @ResourceArg(name = "guarded", value = "true"))
class RestAccessIT {

    private static final String LIST = "/secrets-service/sealed-secrets";
    private static final String ANSWERS = "paths.'%s'.%s.responses.keySet()";

    @Inject
    KubernetesClient client;

    @TestHTTPResource
    URI http;

    @Test
    void aTeamSeesItsOwnSealedSecretsAndNobodySeesAnyWithoutAToken() {
        // Given
        TestCluster ours = new TestCluster(client);
        TestCluster theirs = new TestCluster(client);
        ours.seal("db", Map.of("password", "wonderland"));
        theirs.seal("db", Map.of("password", "wonderland"));
        ours.awaitSynced("db");
        theirs.awaitSynced("db");
        String token = TestAccount.create(client, ours.namespace(), "reader")
                .may("get", "bitnami.com", "sealedsecrets")
                .token();

        // When / Then
        given().get(LIST).then().statusCode(401);
        given().get("/secrets-service/keys").then().statusCode(401);
        given().auth()
                .oauth2(token)
                .get(LIST)
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("items[0].namespace", equalTo(ours.namespace()))
                .body("items[0].synced", equalTo(true));
        given().auth().oauth2(token).get(LIST + "/" + theirs.namespace() + "/db").then().statusCode(403);
        given().auth().oauth2(token).get(LIST + "/" + ours.namespace() + "/none").then().statusCode(404);
        given().auth().oauth2(token).get("/secrets-service/keys").then().statusCode(200).body("items", empty());
    }

    @Test
    void kubesealNeedsNoTokenAndIsToldNothingOfAValue() {
        // Given
        TestCluster cluster = new TestCluster(client);
        String sealed = cluster.sealed("db", Map.of("password", "wonderland")).toJson();
        String moved = sealed.replace("\"db\"", "\"other\"");

        // When / Then
        given().get("/v1/cert.pem").then().statusCode(200).body(containsString("BEGIN CERTIFICATE"));
        given().get("/healthz").then().statusCode(200).body(equalTo("ok\n"));
        from("1").body(sealed).post("/v1/verify").then().statusCode(200).body(equalTo(""));
        from("2").body(moved).post("/v1/verify").then().statusCode(409).body(equalTo(""));
        from("3").body("no object").post("/v1/verify").then().statusCode(400);
        from("4").body(sealed + "\n---\n" + sealed).post("/v1/verify").then().statusCode(400);
        from("5").body(moved).post("/v1/rotate").then().statusCode(409).body("detail", containsString("password"));
        from("6").body("x".repeat(5_000_000)).post("/v1/verify").then().statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/metrics/", "/metrics;a=b", "/%6Detrics", "/q/metrics", "/q/../metrics"})
    void whoeverComesThroughTheProxyOfTheApiServerIsNotToldWhatThereIs(String path) {
        // Given
        TestCluster cluster = new TestCluster(client);
        cluster.seal("db", Map.of("password", "wonderland"));
        cluster.awaitSynced("db");
        given().get("/metrics").then().statusCode(200).body(containsString(cluster.namespace()));

        // When / Then
        proxied(path).then().statusCode(403).body(not(containsString(cluster.namespace())));
        proxied("/healthz").then().statusCode(200);
        proxied("/v1/cert.pem").then().statusCode(200);
    }

    /** The API server passes such a request on as it came, and then all that follows. */
    @Test
    void nobodyGetsAConnectionOfAnotherProtocolThroughTheProxy() throws IOException {
        try (Socket socket = new Socket(http.getHost(), http.getPort())) {
            // When
            socket.getOutputStream().write("""
                    GET /metrics HTTP/1.1\r
                    Host: localhost\r
                    Connection: Upgrade, HTTP2-Settings\r
                    Upgrade: h2c\r
                    HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));

            // Then
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
            assertThat(status).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoCallsTooOftenHasToWait() {
        // When
        List<Integer> codes = IntStream.range(0, 20)
                .mapToObj(each -> from("often").body("{}").post("/v1/verify").statusCode())
                .toList();

        // Then
        assertThat(codes).startsWith(400, 400).contains(429);
    }

    @Test
    void theInterfaceIsDescribed() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Tenantry secrets-service"))
                .body("paths.'" + LIST + "'.get.security", equalTo(List.of(Map.of("bearer", List.of()))))
                .body(ANSWERS.formatted(LIST, "get"), containsInAnyOrder("200", "400", "401", "503"))
                .body(ANSWERS.formatted(LIST + "/{namespace}/{name}", "get"),
                        containsInAnyOrder("200", "401", "403", "404", "503"))
                .body(ANSWERS.formatted("/v1/cert.pem", "get"), containsInAnyOrder("200", "503"))
                .body(ANSWERS.formatted("/v1/verify", "post"),
                        containsInAnyOrder("200", "400", "409", "413", "429"));
    }

    private static Response proxied(String path) {
        return given().urlEncodingEnabled(false)
                .header("X-Forwarded-For", "192.0.2.7")
                .header("X-Forwarded-Uri",
                        "/api/v1/namespaces/tenantry-system/services/http:sealed-secrets-controller:http/proxy" + path)
                .get(path);
    }

    private static RequestSpecification from(String client) {
        return given().header("X-Forwarded-For", client).contentType("application/json");
    }
}
