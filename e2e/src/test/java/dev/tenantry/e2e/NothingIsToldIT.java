package dev.tenantry.e2e;

import static dev.tenantry.e2e.Team.soon;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.e2e.Attempts.Attempt;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Whatever is wrong with a SealedSecret, nobody is told a word of its values, and the Secret that is there stays. */
class NothingIsToldIT {

    private static final String GOOD = "opens";
    private static final String FOREIGN = "is-of-somebody-else";
    private static final Map<String, Secret> SECRETS_BEFORE = new HashMap<>();

    private static ControlPlane cluster;
    private static Installation tenantry;
    private static ServiceProcess service;
    private static SealedNamespace team;
    private static Canaries canaries;
    private static List<Attempt> attempts;
    private static Sealer sealer;

    @BeforeAll
    static void openAndFail() throws Exception {
        cluster = ControlPlane.start();
        tenantry = Installation.on(cluster);
        service = tenantry.startStandalone(Map.of(
                "SECRETS_SERVICE_KEYS_SIZE", "2048",
                "SECRETS_SERVICE_TEMPLATES_TIMEOUT", "1s",
                "SECRETS_SERVICE_ACCESS_REQUIRED", "false",
                "SECRETS_SERVICE_HTTP_BURST", "1000",
                "QUARKUS_LOG_CATEGORY__DEV_TENANTRY__LEVEL", "DEBUG"));
        team = new SealedNamespace(cluster.client(), cluster.newNamespace());
        canaries = new Canaries();
        QuotingPolicy.establish(cluster.client(), team.namespace());
        soon(() -> assertThat(service.get("/v1/cert.pem").statusCode()).isEqualTo(200));
        RSAPublicKey key = (RSAPublicKey) Pem.certificate(service.get("/v1/cert.pem").body().getBytes(UTF_8))
                .getPublicKey();
        sealer = new Sealer(key);
        attempts = Attempts.of(team, canaries, key, new KeyGenerator(2048, Duration.ofDays(1), "")
                .generate(Clock.systemUTC())
                .publicKey()).all();
        openFirst();
        failThen();
    }

    private static void openFirst() {
        team.apply(seal(GOOD));
        cluster.client()
                .resource(new SecretBuilder(team.plain(FOREIGN, Map.of("password", canaries.next(FOREIGN)))
                        .as(Secret.class)).build())
                .create();
        attempts.forEach(attempt -> team.apply(attempt.before()));
        team.awaitSynced(GOOD);
        attempts.forEach(attempt -> team.awaitSynced(attempt.name()));
        Stream.concat(Stream.of(FOREIGN), attempts.stream().map(Attempt::name))
                .forEach(name -> SECRETS_BEFORE.put(name, team.secret(name)));
    }

    private static void failThen() {
        team.apply(seal(FOREIGN));
        attempts.forEach(attempt -> team.apply(attempt.after()));
        String changed = canaries.next(GOOD);
        Map<String, String> opened = team.values(GOOD);
        cluster.client()
                .secrets()
                .inNamespace(team.namespace())
                .withName(GOOD)
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("password", changed)
                        .build());
        soon(() -> assertThat(team.values(GOOD)).isEqualTo(opened));
        team.awaitFailed(FOREIGN, "NotManaged");
        attempts.forEach(attempt -> team.awaitFailed(attempt.name(), attempt.reason()));
    }

    private static Manifest seal(String name) {
        return sealer.seal(team.plain(name, Map.of("password", canaries.next(name))), Scope.STRICT);
    }

    @AfterAll
    static void stop() {
        if (tenantry != null) {
            tenantry.close();
        }
        cluster.close();
    }

    @Test
    void secretsStayAsTheyWere() {
        assertThat(SECRETS_BEFORE).allSatisfy((name, before) -> {
            Secret now = team.secret(name);
            assertThat(now.getData()).isEqualTo(before.getData());
            assertThat(now.getMetadata().getResourceVersion()).isEqualTo(before.getMetadata().getResourceVersion());
        });
    }

    @Test
    void theSearchFindsAValueWhereItIs() {
        Secret secret = team.secret(GOOD);

        assertThat(canaries.in(Serialization.asJson(secret))).containsExactly(GOOD);
        assertThat(canaries.in(team.values(GOOD).get("password").substring(7, 15))).containsExactly(GOOD);
        assertThat(canaries.in(" " + Serialization.asYaml(team.secret("is-refused-whole"))))
                .containsExactly("is-refused-whole");
    }

    @Test
    void logsAndDatabasesAndTopicsHoldNothing() throws IOException {
        // Given
        team.client().resource("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: a-source-that-is-recorded, namespace: %s}
                spec: {url: "https://127.0.0.1:1/none.git", interval: 1h}
                """.formatted(team.namespace())).create();
        Path data = tenantry.folder().resolve("data");
        Path logs = tenantry.folder();

        // When
        soon(() -> assertThat(filesWith("is-no-docker-configuration", data))
                .anyMatch(name -> name.contains("secrets-")));
        soon(() -> assertThat(filesWith("a-source-that-is-recorded", data)).anyMatch(
                name -> name.contains("postgres")));

        // Then
        assertThat(filesWith(" DEBUG ", logs)).isNotEmpty();
        for (Path file : files(tenantry.folder())) {
            assertThat(canaries.in(Files.readAllBytes(file))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void statusesAndEventsHoldNothing() {
        // When
        String sealedSecrets = list("bitnami.com/v1alpha1", "SealedSecret");
        String events = list("v1", "Event");

        // Then
        assertThat(attempts).allSatisfy(attempt -> assertThat(events).contains(attempt.reason()));
        assertThat(canaries.in(sealedSecrets)).isEmpty();
        assertThat(canaries.in(events)).isEmpty();
    }

    @Test
    void answersHoldNothing() {
        // When
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : List.of("/secrets-service/sealed-secrets?size=100", "/secrets-service/keys", "/metrics",
                "/q/metrics", "/q/health")) {
            answers.add(service.get(path));
        }
        for (Attempt attempt : attempts) {
            answers.add(service.get("/secrets-service/sealed-secrets/" + team.namespace() + "/" + attempt.name()));
            answers.addAll(post(attempt.before().toJson()));
            answers.addAll(post(attempt.after().toJson()));
        }
        answers.addAll(post(Manifest.from(team.secret(GOOD)).toJson()));
        answers.addAll(post(team.values(GOOD).toString()));

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 400, 409).doesNotContain(401, 404, 500);
        assertThat(answers).allSatisfy(answer -> assertThat(canaries.in(answer.body() + answer.headers().map()))
                .as(answer.uri().getPath())
                .isEmpty());
    }

    private static List<HttpResponse<String>> post(String body) {
        return Stream.of("/v1/verify", "/v1/rotate").map(path -> service.post(path, body)).toList();
    }

    private static String list(String apiVersion, String kind) {
        return Serialization
                .asJson(cluster.client().genericKubernetesResources(apiVersion, kind).inAnyNamespace().list());
    }

    private static Set<String> filesWith(String word, Path folder) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files(folder)) {
            if (Files.readString(file, ISO_8859_1).contains(word)) {
                found.add(file.toString());
            }
        }
        return found;
    }

    /** List what services write, but for Kafka's indexes of numbers. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith("index")).toList();
        }
    }
}
