package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** A crash in the middle of a delivery leaves nothing that nobody knows of. */
class KilledInTheMiddleIT {

    private static final List<String> NAMES = IntStream.range(0, 50).mapToObj("object-%02d"::formatted).toList();
    private static final List<String> KEPT = NAMES.subList(30, 50);

    private Installation tenantry;
    private ApiProxy api;
    private GitServer git;
    private TestRepository repository;
    private Team team;

    @BeforeEach
    void start() {
        tenantry = Installation.alone();
        api = ApiProxy.before(tenantry.cluster().kubeconfig());
        git = GitServer.start();
        repository = git.repository("team/apps");
        team = tenantry.newTeam();
    }

    @AfterEach
    void stop() {
        team.close();
        tenantry.close();
        api.close();
        git.close();
    }

    /** @param bytesInStatus of the inventory; what the status cannot hold is in InventoryParts */
    @ParameterizedTest
    @ValueSource(ints = {524_288, 500})
    void objectsOfACutDeliveryThatGitHasNoMoreAreGoneAfterTheRestart(int bytesInStatus) {
        // Given
        Map<String, String> throughProxy = Map.of("KUBECONFIG", api.kubeconfig().toString(),
                "RECONCILER_INVENTORY_BYTES_IN_STATUS", String.valueOf(bytesInStatus));
        ServiceProcess first = tenantry.startStandalone(throughProxy);
        NAMES.forEach(name -> repository.file("all/" + name + ".yaml", configMap(name, "is", "here")));
        repository.commit("Fifty objects");
        api.when(Calls.applying("configmaps").in(team.namespace()))
                .times(Integer.MAX_VALUE)
                .delay(Duration.ofMillis(400));
        team.follow("apps", repository);
        team.deliver("all", "apps", "./all");
        soon(() -> assertThat(team.configMaps()).hasSizeGreaterThan(10));
        first.kill();
        api.heal();
        assertThat(team.configMaps()).as("the middle of the delivery").hasSizeLessThan(50).containsKey("object-00");
        assertThat(team.ready("Kustomization", "all").isTrue()).isFalse();

        // When
        NAMES.stream().filter(name -> !KEPT.contains(name)).forEach(name -> repository.delete("all/" + name + ".yaml"));
        String commit = repository.commit("Twenty of them");
        tenantry.startStandalone(throughProxy);

        // Then
        team.awaitApplied("all", commit);
        assertThat(team.configMaps()).isEqualTo(
                KEPT.stream().collect(Collectors.toMap(Function.identity(), name -> Map.of("is", "here"))));
        List<String> kept = KEPT.stream().map(name -> team.namespace() + "_" + name + "__ConfigMap").toList();
        List<String> inStatus = team.inventory("all");
        if (bytesInStatus > 500) {
            assertThat(inStatus).isEqualTo(kept);
        } else {
            assertThat(inStatus).anyMatch(id -> id.endsWith("_tenantry.dev_InventoryPart"))
                    .hasSizeLessThan(kept.size());
        }
    }
}
