package dev.tenantry.e2e;

import static dev.tenantry.e2e.Team.soon;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.testkit.api.ApiCall;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.kafka.Broker;

/** Another life of secrets-service costs the API server no more than what is new. */
class SecretsRestartIT {

    private static final List<String> NAMES = IntStream.range(0, 200).mapToObj("secret-%03d"::formatted).toList();
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private ControlPlane cluster;
    private Installation tenantry;
    private ApiProxy api;
    private Broker broker;
    private SealedNamespace team;

    @BeforeEach
    void start() {
        cluster = ControlPlane.start();
        tenantry = Installation.on(cluster);
        api = ApiProxy.before(cluster.kubeconfig());
        broker = Broker.start();
        team = new SealedNamespace(cluster.client(), cluster.newNamespace());
    }

    @AfterEach
    void stop() {
        broker.close();
        api.close();
        tenantry.close();
        cluster.close();
    }

    @Test
    void whatIsUnchangedIsNeitherReadNorWritten() throws Exception {
        // Given
        try (ServiceProcess first = startService()) {
            Sealer sealer = sealer(first);
            NAMES.forEach(name -> team.apply(sealer.seal(team.plain(name, Map.of("name", name)), Scope.STRICT)));
            NAMES.forEach(team::awaitSynced);
        }
        api.forget();

        // When
        try (ServiceProcess second = startService()) {
            // Those that are there already have their turns first.
            team.apply(sealer(second).seal(team.plain("new", Map.of("name", "new")), Scope.STRICT));
            team.awaitSynced("new");
            soon(() -> assertThat(second.counter("secrets_service_queue_depth")).isZero());
        }

        // Then
        assertThat(api.calls(new Calls(call -> WRITES.contains(call.verb()) && !isReminder(call))))
                .extracting(ApiCall::toString)
                .containsExactly("patch secrets " + team.namespace() + "/new",
                        "patch sealedsecrets.bitnami.com/status " + team.namespace() + "/new");
        assertThat(api.calls(Calls.to("get", "secrets"))).isEmpty();
        assertThat(api.calls(Calls.to("get", "sealedsecrets"))).isEmpty();
    }

    /** Tell whether it is the event that a key is not exported, which each life repeats. */
    private static boolean isReminder(ApiCall call) {
        return call.resource().equals("events") && call.body().contains("KeyNotExported");
    }

    private ServiceProcess startService() {
        Map<String, String> settings = tenantry.settings();
        settings.put("KUBECONFIG", api.kubeconfig().toString());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        settings.put("SECRETS_SERVICE_KEYS_SIZE", "2048");
        return ServiceProcess.start("services/secrets-service", tenantry.folder(), settings);
    }

    private static Sealer sealer(ServiceProcess service) throws Exception {
        soon(() -> assertThat(service.get("/v1/cert.pem").statusCode()).isEqualTo(200));
        byte[] certificate = service.get("/v1/cert.pem").body().getBytes(US_ASCII);
        return new Sealer((RSAPublicKey) Pem.certificate(certificate).getPublicKey());
    }
}
