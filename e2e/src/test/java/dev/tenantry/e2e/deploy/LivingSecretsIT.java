package dev.tenantry.e2e.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.e2e.ServiceProcess;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kafka.Broker;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** secrets-service runs as it would in pods, with the rights that deploy/ gives its account and no others. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LivingSecretsIT {

    private static final String SYSTEM = "tenantry-system";
    private static final String OF_THE_ORIGINAL = "kube-system";
    private static final String KEYS = "sealedsecrets.bitnami.com/sealed-secrets-key";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static ControlPlane cluster;
    private static Broker broker;
    private static String team;

    @BeforeAll
    static void start() throws Exception {
        cluster = ControlPlane.start();
        broker = Broker.start();
        team = cluster.newNamespace();
        Overlay.of("overlays/services").apply(ObjectApi.of(cluster.client()));
    }

    @AfterAll
    static void stop() {
        broker.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void keysOfTheOriginalAndServedNamespacesNeedNoMoreThanTheComponentsGive(@TempDir Path scratch) throws Exception {
        // Given
        ObjectApi api = ObjectApi.of(cluster.client());
        Overlay.withComponents(scratch, "overlays/services", "restricted-secrets", "sealed-secrets-takeover")
                .apply(api);
        Overlay.of("tenant-namespace", team).apply(api);
        Rights rights = new Rights(cluster.client(), SYSTEM, "secrets-service");
        await().atMost(SOON).until(() -> !rights.may("create", "secrets", Rights.ALL));
        await().atMost(SOON).until(() -> rights.may("create", "secrets", team));
        await().atMost(SOON).until(() -> rights.may("create", "secrets", OF_THE_ORIGINAL));
        Map<String, String> environment = environment();
        environment.put("SECRETS_SERVICE_KEYS_NAMESPACE", OF_THE_ORIGINAL);
        // Nobody answers there, so that the Lease decides.
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("SECRETS_SERVICE_BROKER_PATIENCE", "1s");

        // When
        try (ServiceProcess service = ServiceProcess.start("services/secrets-service", folder, environment)) {
            seal(service, "early", team, "one");

            // Then
            await().atMost(SOON).untilAsserted(() -> assertThat(value(team, "early", "password")).isEqualTo("one"));
            assertThat(cluster.client().secrets().inNamespace(OF_THE_ORIGINAL).withLabel(KEYS).list().getItems())
                    .hasSize(1);
            assertThat(service.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    @Test
    @Order(2)
    void secretsServiceNeedsNoRightThatItsAccountLacks() throws Exception {
        // Given
        Overlay.of("overlays/services").apply(ObjectApi.of(cluster.client()));
        Rights rights = new Rights(cluster.client(), SYSTEM, "secrets-service");
        await().atMost(SOON).until(() -> rights.may("create", "secrets", Rights.ALL));
        String other = cluster.newNamespace();

        // When
        try (ServiceProcess service = ServiceProcess.start("services/secrets-service", folder, environment())) {
            seal(service, "database", other, "two");
            await().atMost(SOON).untilAsserted(() -> assertThat(value(other, "database", "password")).isEqualTo("two"));
            cluster.client().secrets().inNamespace(other).withName("database").delete();

            // Then
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(value(other, "database", "url"))
                            .isEqualTo("postgres://web:two@postgres"));
            // What was sealed with keys that are elsewhere now cannot be opened any more.
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(cluster.client().v1().events().inNamespace(SYSTEM).list().getItems())
                                    .extracting(event -> event.getReason())
                                    .contains("KeyNotExported"));
            assertThat(service.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    @Test
    @Order(3)
    void uninstallLeavesWhatWasOpenedAndTheKeys() throws Exception {
        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(value(team, "early", "password")).isEqualTo("one");
        for (String namespace : new String[]{SYSTEM, OF_THE_ORIGINAL}) {
            assertThat(cluster.client().secrets().inNamespace(namespace).withLabel(KEYS).list().getItems())
                    .as(namespace)
                    .hasSize(1);
        }
        assertThat(cluster.client().rbac().roles().inNamespace(OF_THE_ORIGINAL).list().getItems())
                .noneMatch(role -> role.getMetadata().getName().startsWith("tenantry"));
        assertThat(cluster.client().leases().inNamespace(SYSTEM).list().getItems()).isEmpty();
    }

    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", new Account(SYSTEM, "secrets-service").kubeconfig(cluster, folder).toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        // What takes seconds at its default.
        environment.put("SECRETS_SERVICE_KEYS_SIZE", "2048");
        return environment;
    }

    /** Seal by the certificate that the service gives, with a template beside the value, and apply it. */
    private static void seal(ServiceProcess service, String name, String namespace, String password)
            throws PemException {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(service.get("/v1/cert.pem").statusCode()).as(service.log()).isEqualTo(200));
        byte[] certificate = service.get("/v1/cert.pem").body().getBytes(UTF_8);
        Manifest secret = Manifest.from(new SecretBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build());
        Manifest sealed = new Sealer((RSAPublicKey) Pem.certificate(certificate).getPublicKey())
                .seal(secret, Scope.STRICT)
                .with(json -> {
                    json.withObjectProperty("spec")
                            .withObjectProperty("template")
                            .withObjectProperty("data")
                            .put("url", "postgres://web:{{ .password }}@postgres");
                    return json;
                });
        cluster.client().resource(sealed.toJson()).create();
    }

    private static String value(String namespace, String name, String key) {
        Secret secret = cluster.client().secrets().inNamespace(namespace).withName(name).get();
        return secret == null || secret.getData() == null || !secret.getData().containsKey(key)
                ? ""
                : new String(Base64.getDecoder().decode(secret.getData().get(key)), UTF_8);
    }
}
