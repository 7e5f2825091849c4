package dev.tenantry.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.access.AccessGuard;
import dev.tenantry.access.Caller;
import dev.tenantry.access.Identity;
import dev.tenantry.access.People;
import dev.tenantry.access.Permission;
import dev.tenantry.access.Settings;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.Blocking;

@QuarkusTest
class AccessFilterIT {

    private static final ControlPlane CLUSTER = ControlPlane.shared();

    private final String namespace = CLUSTER.newNamespace();
    private final People people = new People(CLUSTER.client(), namespace);

    @Test
    void withoutATokenTheAnswerSaysWhatToSend() {
        // When
        Response answer = given().get("/maps/" + namespace + "/web");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).contains("kubectl create token");
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(401);
    }

    @Test
    void withoutTheRightTheAnswerSaysWhichOne() {
        // When
        Response answer = as(people.token("robot")).get("/maps/" + namespace + "/web");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.jsonPath().getString("detail"))
                .startsWith(
                        "system:serviceaccount:" + namespace + ":robot may not get configmaps \"web\" in namespace \""
                                + namespace + "\"");
    }

    @Test
    void theRightOnTheObjectOfThePathSuffices() {
        // Given
        String token = people.token("robot");
        people.grant(namespace, "robot", "get", "web");

        // When
        Response granted = as(token).get("/maps/" + namespace + "/web");
        Response other = as(token).get("/maps/" + namespace + "/other");

        // Then
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.asString()).isEqualTo("system:serviceaccount:" + namespace + ":robot");
        assertThat(other.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "asynchronous"})
    void aListShowsWhatTheCallerMaySee(String kind) {
        // Given
        String token = people.token("robot");
        people.grant(namespace, "robot", "get", "web");

        // When
        Response answer = as(token).get("/maps/" + kind + "/list/" + namespace);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "asynchronous"})
    void whatNeedsAnApiServerThatIsAwayMayBeRepeated(String kind) {
        // When
        Response answer = as(people.token("robot")).get("/maps/" + kind + "/failure");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).contains("is away", "Try again");
    }

    @Test
    void aMethodThatDoesNotSayWhoMayCallItIsClosed() {
        assertThat(as(people.token("robot")).get("/maps/unsaid/at/all").statusCode()).isEqualTo(403);
    }

    @Test
    void otherWritingsOfThePathAreGuardedToo() {
        for (String path : List.of("//maps/" + namespace + "/web", "/%6daps/" + namespace + "/web", "/./maps/x/web")) {
            assertThat(given().urlEncodingEnabled(false).get(path).statusCode()).as(path).isIn(401, 404);
        }
    }

    @Test
    void aMethodThatChecksItsCallersItselfIsLetThrough() {
        assertThat(given().get("/maps/hook/by/path").asString()).isEqualTo("hooked");
    }

    @Test
    void eachServiceIsGuardedByItsOwnSettings() {
        // When
        Response open = given().get("/local");
        Response fromPage = given().header("Origin", "https://evil.example.org").get("/local");
        Response unguarded = given().get("/elsewhere");

        // Then
        assertThat(open.asString()).isEqualTo("local");
        assertThat(fromPage.statusCode()).isEqualTo(401);
        assertThat(unguarded.asString()).isEqualTo("elsewhere");
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    /** A service that asks for tokens. */
    @Path("/maps")
    public static class Maps {

        @Inject
        Caller caller;

        @GET
        @Path("{namespace}/{name}")
        @RequiresAccess(verb = "get", resource = "configmaps")
        public String show() {
            return ((Identity.User) caller.identity()).name();
        }

        @GET
        @Path("waiting/list/{namespace}")
        @Authenticated
        @Blocking
        public String list(@PathParam("namespace") String namespace) {
            return listLater(namespace).toCompletableFuture().join();
        }

        @GET
        @Path("asynchronous/list/{namespace}")
        @Authenticated
        public CompletionStage<String> listLater(@PathParam("namespace") String namespace) {
            return caller
                    .visible(List.of("db", "web"), name -> new Permission("get", "", "configmaps", namespace, name))
                    .thenApply(visible -> String.join(",", visible));
        }

        @GET
        @Path("waiting/failure")
        @Authenticated
        @Blocking
        public String fail() {
            return failLater().toCompletableFuture().join();
        }

        @GET
        @Path("asynchronous/failure")
        @Authenticated
        public CompletionStage<String> failLater() {
            return CompletableFuture.failedStage(new ApiException(
                    new ApiError(0, ApiError.UNREACHABLE, "is away", "", "", List.of(), Optional.empty())));
        }

        @GET
        @Path("unsaid/at/all")
        public String unsaid() {
            return "unsaid";
        }

        @GET
        @Path("hook/by/path")
        @OwnAccess("by a secret path")
        public String hook() {
            return "hooked";
        }
    }

    /** Another service in the same process, which lets local programs in. */
    @Path("/local")
    public static class Local {

        @GET
        @Authenticated
        public String show() {
            return "local";
        }
    }

    /** What no guard covers. */
    @Path("/elsewhere")
    public static class Elsewhere {

        @GET
        public String show() {
            return "elsewhere";
        }
    }

    /** The guards of both services. */
    static class Guards {

        @Produces
        @Singleton
        AccessGuard maps() {
            return AccessGuard.of("maps", Settings.strict(), "0.0.0.0", ObjectApi.of(CLUSTER.client()));
        }

        @Produces
        @Singleton
        AccessGuard local() {
            return AccessGuard.of("local", Settings.open(), "127.0.0.1", ObjectApi.of(CLUSTER.client()));
        }
    }
}
