package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import dev.tenantry.testkit.kafka.Broker;

/** Pushes are applied whether or not the broker and Postgres are there. */
class BrokerAwayIT {

    /** The discard port, where nobody listens. */
    private static final String NOBODY = "127.0.0.1:9";

    private Installation tenantry;
    private GitServer git;
    private TestRepository repository;
    private Team team;
    private @Nullable Broker broker;

    @BeforeEach
    void start() {
        tenantry = Installation.alone();
        git = GitServer.start();
        repository = git.repository("team/apps");
        team = tenantry.newTeam();
    }

    @AfterEach
    void stop() {
        team.close();
        tenantry.close();
        git.close();
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void pushesWhileTheBrokerIsAwayArriveAllTheSame() {
        // Given
        broker = Broker.start();
        ServiceProcess service = tenantry.startStandalone(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));
        String first = commit("1");
        deliver();
        Hook hook = Hook.generic(team, "apps");
        team.awaitApplied("all", first);

        // When
        broker.stop();
        for (String version : List.of("2", "3", "4")) {
            commit(version);
            assertThat(hook.call(service).statusCode()).isEqualTo(200);
        }

        // Then
        team.awaitApplied("all", repository.head("main"));
        assertThat(team.configMaps()).isEqualTo(Map.of("settings", Map.of("version", "4")));

        // When
        broker.restart();
        String back = commit("5");
        assertThat(hook.call(service).statusCode()).isEqualTo(200);

        // Then
        team.awaitApplied("all", back);
        assertThat(team.configMaps()).isEqualTo(Map.of("settings", Map.of("version", "5")));
        soon(() -> assertThat(service.get("/q/health/ready").body()).contains("has 64 of 64 partitions"));
    }

    @Test
    void startWithoutABrokerAppliesAndSaysThatItIsMissing() {
        // When
        ServiceProcess service = tenantry.startStandalone(Map.of("KAFKA_BOOTSTRAP_SERVERS", NOBODY));
        String first = commit("1");
        deliver();

        // Then
        team.awaitApplied("all", first);
        assertThat(team.configMaps()).isEqualTo(Map.of("settings", Map.of("version", "1")));
        HttpResponse<String> health = service.get("/q/health/ready");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("has no broker and holds the Lease");
    }

    @Test
    void startWithoutPostgresAppliesAndKeepsNoHistory() {
        // When
        ServiceProcess service = tenantry.startStandalone(Map.of(
                "QUARKUS_DATASOURCE__GIT_WATCHER__JDBC_URL", "jdbc:postgresql://" + NOBODY + "/tenantry"));
        String first = commit("1");
        deliver();

        // Then
        team.awaitApplied("all", first);
        assertThat(team.configMaps()).isEqualTo(Map.of("settings", Map.of("version", "1")));
        HttpResponse<String> health = service.get("/q/health/ready");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("not kept");
        HttpResponse<String> history = service.getAs(administrator(),
                "/git-watcher/sources/" + team.namespace() + "/apps/revisions");
        assertThat(history.statusCode()).isEqualTo(503);
        assertThat(history.body()).contains("history");
    }

    private String administrator() {
        return new Team(team.client(), Installation.NAMESPACE).token(Installation.PLATFORM_ACCOUNT);
    }

    private void deliver() {
        team.follow("apps", repository);
        team.deliver("all", "apps", "./all");
    }

    private String commit(String version) {
        return repository.file("all/settings.yaml", configMap("settings", "version", version))
                .commit("Version " + version);
    }
}
