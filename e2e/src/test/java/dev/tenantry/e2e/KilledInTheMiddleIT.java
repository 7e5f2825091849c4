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
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.api.Calls;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** A crash in the middle of a delivery leaves nothing that nobody knows of. */
class KilledInTheMiddleIT {

    /** How much of an inventory a status holds here: all of {@link #FEW}, and not even what stays of {@link #MANY}. */
    private static final int BYTES_IN_STATUS = 900;
    private static final List<String> FEW = names("few", 12);
    private static final List<String> MANY = names("many", 50);
    private static final List<String> KEPT_OF_FEW = FEW.subList(8, 12);
    private static final List<String> KEPT_OF_MANY = MANY.subList(30, 50);

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

    @Test
    void objectsOfACutDeliveryThatGitHasNoMoreAreGoneAfterTheRestart() {
        // Given
        Map<String, String> throughProxy = Map.of("KUBECONFIG", api.kubeconfig().toString(),
                "RECONCILER_INVENTORY_BYTES_IN_STATUS", String.valueOf(BYTES_IN_STATUS));
        ServiceProcess first = tenantry.startStandalone(throughProxy);
        FEW.forEach(name -> repository.file("few/" + name + ".yaml", configMap(name, "is", "here")));
        MANY.forEach(name -> repository.file("many/" + name + ".yaml", configMap(name, "is", "here")));
        repository.commit("All objects");
        api.when(Calls.applying("configmaps").in(team.namespace()))
                .times(Integer.MAX_VALUE)
                .delay(Duration.ofMillis(600));
        team.follow("apps", repository);
        team.deliver("few", "apps", "./few");
        team.deliver("many", "apps", "./many");
        soon(() -> assertThat(team.configMaps()).containsKeys(FEW.getFirst(), MANY.getFirst()));
        first.kill();
        api.heal();
        assertThat(team.configMaps().keySet()).as("the middle of both deliveries")
                .contains(FEW.getFirst(), MANY.getFirst())
                .doesNotContain(FEW.getLast(), MANY.getLast());
        assertThat(List.of("few", "many")).noneMatch(name -> team.ready("Kustomization", name).isTrue());

        // When
        FEW.subList(0, 8).forEach(name -> repository.delete("few/" + name + ".yaml"));
        MANY.subList(0, 30).forEach(name -> repository.delete("many/" + name + ".yaml"));
        String commit = repository.commit("Some of them");
        tenantry.startStandalone(throughProxy);

        // Then
        team.awaitApplied("few", commit);
        team.awaitApplied("many", commit);
        assertThat(team.configMaps()).isEqualTo(Stream.concat(KEPT_OF_FEW.stream(), KEPT_OF_MANY.stream())
                .collect(Collectors.toMap(Function.identity(), name -> Map.of("is", "here"))));
        assertThat(team.inventory("few")).isEqualTo(ids(KEPT_OF_FEW));
        assertThat(team.inventory("many")).anyMatch(id -> id.endsWith("_tenantry.dev_InventoryPart"))
                .hasSizeLessThan(KEPT_OF_MANY.size());
    }

    private List<String> ids(List<String> configMaps) {
        return configMaps.stream().map(name -> team.namespace() + "_" + name + "__ConfigMap").toList();
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> "%s-%02d".formatted(prefix, i)).toList();
    }
}
