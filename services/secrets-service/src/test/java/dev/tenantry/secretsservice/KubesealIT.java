package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kubeseal.Kubeseal;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The real client reaches the service as it reaches the original controller: through the API server's service proxy. */
@QuarkusTest
@WithTestResource(RealServers.class)
class KubesealIT {

    private static final String CONTROLLER = "sealed-secrets-controller";

    @Inject
    KubernetesClient client;

    @TestHTTPResource
    URI http;

    @TempDir
    Path folder;

    private TestCluster cluster;
    private ApiProxy proxy;
    private Kubeseal kubeseal;
    private Path kubeconfig;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(client);
        cluster.key();
        kubeseal = Kubeseal.find();
        proxy = ApiProxy.before(ControlPlane.shared().kubeconfig());
        proxy.route(cluster.namespace(), CONTROLLER, http);
        kubeconfig = proxy.kubeconfig();
        client.resource(new ServiceBuilder().withNewMetadata()
                .withName(CONTROLLER)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .endPort()
                .endSpec()
                .build()).create();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatItSealsOpens(Scope scope) throws Exception {
        // When
        String sealed = kubeseal(secret("db", "wonderland"), "--scope", scope.toString());

        // Then
        cluster.apply(Manifest.parse(sealed));
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
    }

    @Test
    void whatItSealsRawAndMergesIntoAFileOpens() throws Exception {
        // Given
        String raw = kubeseal("", "--raw", "--name", "db", "--namespace", cluster.namespace(), "--scope", "strict",
                "--from-file", Files.writeString(folder.resolve("raw"), "of a file").toString());
        Path file = Files.writeString(folder.resolve("sealed.json"), kubeseal(secret("db", "wonderland")));

        // When
        kubeseal("""
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db", "namespace": "%s"},
                 "stringData": {"merged": "later"}}""".formatted(cluster.namespace()), "--merge-into", file.toString());

        // Then
        cluster.apply(Manifest.parse(Files.readString(file)).with(json -> {
            json.withObjectProperty("spec").withObjectProperty("encryptedData").put("raw", raw);
            return json;
        }));
        cluster.awaitSecret("db", Map.of("password", "wonderland", "merged", "later", "raw", "of a file"));
    }

    @Test
    void itTellsWhatCanBeOpened() throws Exception {
        // Given
        String sealed = kubeseal(secret("db", "wonderland"));
        String moved = sealed.replace("\"name\": \"db\"", "\"name\": \"other\"");

        // When
        Kubeseal.Answer good = run(sealed, "--validate");
        Kubeseal.Answer bad = run(moved, "--validate");

        // Then
        assertThat(good.status()).as(good.errors()).isZero();
        assertThat(bad.status()).isNotZero();
        assertThat(bad.errors()).contains("unable to decrypt sealed secret: other");
    }

    @Test
    void itSealsAgainWithTheNewestKeyInTheSameScope() throws Exception {
        // Given
        String sealed = kubeseal(secret("db", "wonderland"), "--scope", "namespace-wide");
        Manifest before = Manifest.parse(sealed);
        String fingerprint = OtherKeys.store(client, "newer").fingerprint().text();
        await().atMost(TestCluster.PATIENCE)
                .until(() -> run("", "--fetch-cert").output(),
                        certificate -> OtherKeys.fingerprint(certificate).equals(fingerprint));

        // When
        Manifest again = Manifest.parse(kubeseal(sealed, "--re-encrypt"));

        // Then
        assertThat(again.at("spec", "encryptedData", "password")).isNotEqualTo(
                before.at("spec", "encryptedData", "password"));
        assertThat(again.at("spec", "template")).isEqualTo(before.at("spec", "template"));
        cluster.apply(again);
        cluster.awaitSecret("db", Map.of("password", "wonderland"));
        await().untilAsserted(() -> assertThat(cluster.secret("db").getMetadata().getAnnotations())
                .containsEntry("tenantry.dev/sealed-with", fingerprint));
        OtherKeys.remove(client, "newer");
    }

    private String secret(String name, String password) {
        return """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "namespace": "%s"},
                 "stringData": {"password": "%s"}}""".formatted(name, cluster.namespace(), password);
    }

    private String kubeseal(String input, String... arguments) throws Exception {
        return run(input, arguments).orFail();
    }

    private Kubeseal.Answer run(String input, String... arguments) throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 4];
        all[0] = "--kubeconfig";
        all[1] = kubeconfig.toString();
        all[2] = "--controller-namespace";
        all[3] = cluster.namespace();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return kubeseal.run(input, all);
    }
}
