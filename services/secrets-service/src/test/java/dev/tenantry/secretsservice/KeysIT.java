package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

@QuarkusTest
@WithTestResource(RealServers.class)
class KeysIT {

    private static final String BROUGHT = "brought-along";

    @Inject
    KubernetesClient client;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(client);
        cluster.key();
    }

    @AfterEach
    void removeKey() {
        OtherKeys.remove(client, BROUGHT);
        // The other tests seal with the newest key.
        await().atMost(TestCluster.PATIENCE)
                .until(() -> RestAssured.get("/secrets-service/keys").jsonPath().getList("items.secret"),
                        names -> !names.contains(BROUGHT));
    }

    @Test
    void aKeyThatIsBroughtAlongOpensWhatFailedBefore() {
        // Given
        KeyPair pair = OtherKeys.store(client, BROUGHT);
        OtherKeys.remove(client, BROUGHT);
        await().untilAsserted(() -> assertThat(OtherKeys.fingerprint(certificateOf("")))
                .isNotEqualTo(pair.fingerprint().text()));
        cluster.apply(sealedWith(pair, "db"));
        assertThat(cluster.awaitFailure("db", "NoMatchingKey").message()).contains("no key could decrypt password");

        // When
        client.resource(OtherKeys.secret(pair, BROUGHT).toString()).create();

        // Then
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        cluster.awaitSynced("db");
    }

    @Test
    void aKeyThatIsLimitedToANamespaceSealsAndOpensThereOnly() {
        // Given
        TestCluster other = new TestCluster(client);

        // When
        KeyPair pair = OtherKeys.store(client, BROUGHT, cluster.namespace());

        // Then
        await().untilAsserted(() -> assertThat(OtherKeys.fingerprint(certificateOf(cluster.namespace())))
                .isEqualTo(pair.fingerprint().text()));
        assertThat(OtherKeys.fingerprint(certificateOf(""))).isNotEqualTo(pair.fingerprint().text());
        cluster.apply(sealedWith(pair, "db"));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        Manifest elsewhere = new Sealer(pair.publicKey()).seal(other.plain("db", Map.of("password", "wonderland")),
                Scope.CLUSTER_WIDE);
        other.apply(elsewhere);
        other.awaitFailure("db", "NoMatchingKey");
    }

    @Test
    void theReportNamesWhatNeedsAnOldKey() {
        // Given
        cluster.seal("old", Map.of("password", "wonderland"));
        cluster.awaitSecret("old", Map.of("password", "wonderland"));
        String list = "/secrets-service/sealed-secrets?oldKey=true&namespace=" + cluster.namespace();
        assertThat(RestAssured.get(list).path("items").toString()).isEqualTo("[]");

        // When
        KeyPair pair = OtherKeys.store(client, BROUGHT);

        // Then
        await().untilAsserted(() -> RestAssured.get(list).then().body("items.name", hasItem("old")));
        cluster.apply(sealedWith(pair, "old"));
        await().untilAsserted(() -> assertThat(RestAssured.get(list).path("items").toString()).isEqualTo("[]"));
        RestAssured.get("/secrets-service/keys").then().body("items.fingerprint", hasItem(pair.fingerprint().text()));
        assertThat(RestAssured.get("/metrics").asString()).contains("secrets_service_keys_unexported");
    }

    @Test
    void aKeyThatIsNowhereElseIsReminded() {
        // When
        KeyPair pair = OtherKeys.store(client, BROUGHT);

        // Then
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(client.v1().events().inNamespace(RealServers.KEYS).list().getItems())
                        .anySatisfy(event -> {
                            assertThat(event.getReason()).isEqualTo("KeyNotExported");
                            assertThat(event.getMessage()).contains(pair.fingerprint().text());
                        }));
    }

    private Manifest sealedWith(KeyPair pair, String name) {
        return new Sealer(pair.publicKey()).seal(cluster.plain(name, Map.of("password", "wonderland")), Scope.STRICT);
    }

    private static String certificateOf(String namespace) {
        return RestAssured.get("/v1/cert.pem?namespace=" + namespace).asString();
    }
}
