package dev.tenantry.gitwatcher;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.testkit.cluster.TestAccount;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.http.Headers;

@QuarkusTest
@WithTestResource(RealServers.class)
class ServedContentIT {

    @Inject
    KubernetesClient client;

    @Inject
    GitWatcherConfig config;

    private GitServer server;
    private TestRepository repository;
    private TestCluster cluster;
    private Artifact artifact;

    @BeforeEach
    void start() {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n").file("notes.txt", "left out\n").commit("Add the app");
        cluster = new TestCluster(client);
        cluster.source("apps", "url: " + repository.url()
                + "\nref: {branch: main}\ninterval: 1s\nignore: \"/notes.txt\"\n");
        artifact = cluster.awaitReady("apps").artifact();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theArchiveHasTheDigestThatTheStatusNames() throws Exception {
        // When
        byte[] archive = given().get(path(artifact)).then().statusCode(200).extract().asByteArray();

        // Then
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        assertThat("sha256:" + digest).isEqualTo(artifact.digest());
        assertThat((long) archive.length).isEqualTo(artifact.size());
    }

    @Test
    void sizeAndDigestAreToldWithoutMakingTheArchive() {
        // When
        Headers answer = given().head(path(artifact)).then().statusCode(200).extract().headers();

        // Then
        assertThat(answer.getValue("Content-Type")).isEqualTo("application/gzip");
        assertThat(answer.getValue("Content-Length")).isEqualTo(artifact.size().toString());
        assertThat(answer.getValue("ETag")).isEqualTo('"' + artifact.digest() + '"');
        assertThat(answer.asList()).extracting(Header::getName)
                .containsExactlyInAnyOrderElementsOf(given().get(path(artifact))
                        .headers()
                        .asList()
                        .stream()
                        .map(Header::getName)
                        .toList());
        given().head(path(artifact).replace("/apps/", "/other/")).then().statusCode(404);
    }

    @Test
    void neitherALifeBeforeNorAnyRequestLeavesADownload() {
        // When
        given().head(path(artifact)).then().statusCode(200);
        given().get(path(artifact)).then().statusCode(200);

        // Then
        assertThat(config.dataDirectory().resolve("downloads")).isEmptyDirectory();
    }

    @Test
    void aUrlThatWasJustReplacedStillServes() {
        // Given
        String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

        // When
        cluster.awaitRevision("apps", "main@sha1:" + commit);

        // Then
        given().get(path(artifact)).then().statusCode(200);
    }

    @Test
    void aUrlWithAnotherSignatureServesNothing() {
        // Given
        String path = path(artifact);
        String signature = path.split("/")[3];

        // When / Then
        given().get(path.replace(signature, "0".repeat(64))).then().statusCode(404);
        given().get(path.replace("/apps/", "/other/")).then().statusCode(404);
    }

    @Test
    void contentIsForConsumersOnly() {
        // Given
        String path = "/git-watcher/git/" + cluster.namespace() + "/apps/info/refs?service=git-upload-pack";

        // When / Then
        given().get(path).then().statusCode(401);
        given().auth().oauth2("guessed").get(path).then().statusCode(401);
        given().auth()
                .oauth2(new TestAccount(client, cluster.namespace(), "default").token("git-watcher"))
                .get(path)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(RealServers.CONSUMER_TOKEN)
                .header("Git-Protocol", "version=2")
                .get(path)
                .then()
                .statusCode(200)
                .contentType("application/x-git-upload-pack-advertisement");
        given().auth()
                .oauth2(RealServers.CONSUMER_TOKEN)
                .get("/git-watcher/git/" + cluster.namespace() + "/none/info/refs?service=git-upload-pack")
                .then()
                .statusCode(404);
    }

    @Test
    void sourcesAreListedWithTheirState() {
        // When / Then
        given().queryParam("namespace", cluster.namespace())
                .get("/git-watcher/sources")
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("items.name", hasItem("apps"))
                .body("items[0].ready", equalTo("True"))
                .body("items[0].revision", equalTo(artifact.revision()));
        given().get("/git-watcher/sources/" + cluster.namespace() + "/apps")
                .then()
                .statusCode(200)
                .body("digest", equalTo(artifact.digest()));
        given().get("/git-watcher/sources/" + cluster.namespace() + "/none")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().queryParam("size", 0)
                .get("/git-watcher/sources")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void healthIsReadyAndTellsOfItsDependencies() {
        // When / Then
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'git-watcher' }.data.broker", equalTo("answers"));
    }

    private static String path(Artifact artifact) {
        return URI.create(artifact.url()).getPath();
    }
}
