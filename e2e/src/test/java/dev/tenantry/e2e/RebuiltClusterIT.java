package dev.tenantry.e2e;

import static dev.tenantry.e2e.Team.soon;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** A cluster that lost everything is again what it was, out of its repository and the exported keys. */
class RebuiltClusterIT {

    private static final String SYSTEM = Installation.NAMESPACE;
    private static final Map<String, String> SETTINGS = Map.of("SECRETS_SERVICE_KEYS_SIZE", "2048");
    private static final Duration AGE_OF_THE_OLD_KEY = Duration.ofDays(40);

    @TempDir
    private Path safe;

    private GitServer git;
    private TestRepository repository;

    @BeforeEach
    void start() {
        git = GitServer.start();
        repository = git.repository("platform/everything");
    }

    @AfterEach
    void stop() {
        git.close();
    }

    @Test
    void everySealedSecretOpensInAnEmptyClusterThatGetsTheKeys() throws Exception {
        // Given
        var operator = new X25519KeyPairGenerator().generateKeyPair();
        Path identity = Files.writeString(safe.resolve("identity"), operator.getPrivate().toString());
        Path keys = safe.resolve("keys.age");
        Map<String, Map<String, String>> before;
        try (ControlPlane cluster = ControlPlane.start(); Installation tenantry = Installation.on(cluster)) {
            KeyPair old = storeOldKey(cluster);
            ServiceProcess service = tenantry.startStandalone(SETTINGS);
            soon(() -> assertThat(service.counter("secrets_service_keys")).isEqualTo(2));
            commit(old.publicKey(), newest(service));
            before = deliver(cluster);
            assertThat(service.counter("secrets_service_keys_unexported")).isEqualTo(2);

            FrontDoor.run("keys", "export", "--kubeconfig", cluster.kubeconfig().toString(), "--to",
                    operator.getPublic().toString(), "--out", keys.toString());
            soon(() -> assertThat(service.counter("secrets_service_keys_unexported")).isZero());
        }

        try (ControlPlane cluster = ControlPlane.start(); Installation tenantry = Installation.on(cluster)) {
            // When
            FrontDoor.run("keys", "import", "--kubeconfig", cluster.kubeconfig().toString(), "--identity",
                    identity.toString(), keys.toString());
            ServiceProcess service = tenantry.startStandalone(SETTINGS);
            Map<String, Map<String, String>> after = deliver(cluster);

            // Then
            assertThat(after).isEqualTo(before).hasSize(8);
            assertThat(service.counter("secrets_service_keys")).isEqualTo(2);
            assertThat(service.counter("secrets_service_keys_unexported")).isZero();
            assertThat(service.counter("secrets_service_sealed_with_old_key")).isEqualTo(4);
            assertThat(cluster.client().v1().events().inNamespace(SYSTEM).list().getItems())
                    .extracting(event -> event.getReason())
                    .doesNotContain("KeyNotExported");
        }
    }

    /** Leave the key of an installation that is old enough for its key to have a successor. */
    private static KeyPair storeOldKey(ControlPlane cluster) {
        KeyPair pair = new KeyGenerator(2048, Duration.ofDays(3650), "")
                .generate(Clock.offset(Clock.systemUTC(), AGE_OF_THE_OLD_KEY.negated()));
        cluster.client()
                .resource(new SecretBuilder().withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withGenerateName("sealed-secrets-key")
                        .addToLabels("sealedsecrets.bitnami.com/sealed-secrets-key", "active")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToStringData("tls.crt", Pem.write(pair.certificate()))
                        .addToStringData("tls.key", Pem.write(pair.privateKey()))
                        .build())
                .create();
        return pair;
    }

    private static RSAPublicKey newest(ServiceProcess service) throws Exception {
        return (RSAPublicKey) Pem.certificate(service.get("/v1/cert.pem").body().getBytes(US_ASCII)).getPublicKey();
    }

    /** Put into git, for two namespaces and by two keys, a SealedSecret of each scope and one with a template. */
    private void commit(RSAPublicKey old, RSAPublicKey newest) {
        Map<String, RSAPublicKey> keys = Map.of("shop", old, "bank", newest);
        keys.forEach((namespace, key) -> {
            repository.file(namespace + "/namespace.yaml", """
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s}
                    """.formatted(namespace));
            Sealer sealer = new Sealer(key);
            for (Scope scope : Scope.values()) {
                file(sealer.seal(secret(namespace, scope.toString()), scope));
            }
            file(sealer.seal(secret(namespace, "templated"), Scope.STRICT).with(json -> {
                ObjectNode template = json.withObjectProperty("spec").withObjectProperty("template");
                template.put("type", "example.com/database");
                template.withObjectProperty("data").put("url", "postgres://web:{{ .password | urlquery }}@db");
                return json;
            }));
        });
        repository.commit("Everything");
    }

    private void file(Manifest sealed) {
        repository.file(sealed.namespace() + "/" + sealed.name() + ".yaml", sealed.toJson());
    }

    private static Manifest secret(String namespace, String name) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", new NamespacedName(namespace, name));
        json.putObject("stringData").put("password", "the password of " + namespace + "/" + name);
        return Manifest.of(json);
    }

    /** Let the platform deliver the repository, and return the values of all Secrets once they are open. */
    private Map<String, Map<String, String>> deliver(ControlPlane cluster) {
        Team platform = new Team(cluster.client(), SYSTEM);
        platform.follow("everything", repository);
        platform.apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: everything
                spec:
                  sourceRef: {kind: GitRepository, name: everything}
                  interval: 1h
                  retryInterval: 5s
                  prune: true
                """);
        platform.awaitApplied("everything", repository.head("main"));
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (String namespace : List.of("shop", "bank")) {
            SealedNamespace team = new SealedNamespace(cluster.client(), namespace);
            for (String name : List.of("strict", "namespace-wide", "cluster-wide", "templated")) {
                team.awaitSynced(name);
                all.put(namespace + "/" + name, team.values(name));
            }
        }
        return all;
    }
}
