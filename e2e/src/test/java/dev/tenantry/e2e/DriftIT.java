package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.Event;

/** What somebody changes past git is put right. */
class DriftIT {

    private GitServer git;
    private Team team;

    @BeforeEach
    void start() {
        Installation tenantry = Installation.shared();
        git = GitServer.start();
        TestRepository repository = git.repository("team/apps");
        team = tenantry.newTeam();
        String commit = repository.file("all/settings.yaml", configMap("settings", "colour", "green")).commit("Green");
        team.follow("apps", repository);
        team.deliver("all", "apps", "./all");
        team.awaitApplied("all", commit);
    }

    @AfterEach
    void stop() {
        team.close();
        git.close();
    }

    @Test
    void editByHandIsTakenBack() {
        // When
        paint("kubectl-edit", "red");

        // Then
        soon(() -> assertThat(colours()).isEqualTo(Map.of("settings", Map.of("colour", "green"))));
        soon(() -> assertThat(events("DriftCorrected")).singleElement()
                .satisfies(event -> assertThat(event.getMessage())
                        .contains("ConfigMap/" + team.namespace() + "/settings", "kubectl-edit")));
    }

    @Test
    void deletedObjectIsMadeAgain() {
        // When
        team.client().configMaps().inNamespace(team.namespace()).withName("settings").delete();

        // Then
        soon(() -> assertThat(colours()).isEqualTo(Map.of("settings", Map.of("colour", "green"))));
    }

    @Test
    void managerThatFightsIsLeftAloneAfterThreeCorrectionsUntilTheInterval() {
        // Given
        for (int correction = 0; correction < 3; correction++) {
            paint("stubborn", "red");
            soon(() -> assertThat(colours()).isEqualTo(Map.of("settings", Map.of("colour", "green"))));
        }

        // When
        paint("stubborn", "red");

        // Then
        soon(() -> assertThat(events("DriftRepeats")).singleElement()
                .satisfies(event -> assertThat(event.getMessage())
                        .contains("ConfigMap/" + team.namespace() + "/settings", "by stubborn: .data.colour")));
        assertThat(colours()).isEqualTo(Map.of("settings", Map.of("colour", "red")));
        assertThat(team.ready("Kustomization", "all")).matches(Team.Word::isTrue, "is Ready");

        // When
        team.apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: all
                spec:
                  interval: 2s
                """, "kubectl-edit");

        // Then
        soon(() -> assertThat(colours()).isEqualTo(Map.of("settings", Map.of("colour", "green"))));
    }

    private void paint(String manager, String colour) {
        team.apply(configMap("settings", "colour", colour), manager);
    }

    private Map<String, Map<String, String>> colours() {
        return team.configMaps();
    }

    private List<Event> events(String reason) {
        return team.client()
                .v1()
                .events()
                .inNamespace(team.namespace())
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }
}
