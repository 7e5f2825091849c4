package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** A repository that is broken, or wants to break something, is told so and hurts nobody else. */
class HostileRepositoryIT {

    private static final long MEBIBYTE = 1L << 20;

    private GitServer git;
    private TestRepository hostile;
    private TestRepository peaceful;
    private Team team;
    private Team neighbour;

    @BeforeEach
    void start() {
        Installation tenantry = Installation.shared();
        git = GitServer.start();
        hostile = git.repository("team/hostile");
        peaceful = git.repository("neighbour/apps");
        team = tenantry.newTeam();
        neighbour = tenantry.newTeam();
        peaceful.file("all/settings.yaml", configMap("settings", "version", "1")).commit("Version 1");
        neighbour.follow("apps", peaceful);
        neighbour.deliver("all", "apps", "./all");
    }

    @AfterEach
    void stop() {
        team.close();
        neighbour.close();
        git.close();
    }

    @Test
    void branchThatDisappearsIsNamedAndWhatItBroughtStays() {
        // Given
        String commit = hostile.file("all/here.yaml", configMap("here", "is", "here")).commit("Something");
        team.follow("hostile", hostile);
        team.deliver("all", "hostile", "./all");
        team.awaitApplied("all", commit);

        // When
        hostile.deleteBranch("main");
        team.request("GitRepository", "hostile");

        // Then
        soon(() -> assertThat(team.ready("GitRepository", "hostile")).satisfies(ready -> {
            assertThat(ready.isFalse()).isTrue();
            assertThat(ready.message()).contains("main");
        }));
        assertThat(team.fetchedRevision("hostile")).isEqualTo("main@sha1:" + commit);
        assertThat(team.configMaps()).containsOnlyKeys("here");
        neighbourIsServed();
    }

    @Test
    void fileOfAHundredMegabytesIsTooLargeForTheSource() {
        // Given
        hostile.randomFile("all/film.bin", 101 * MEBIBYTE)
                .file("all/here.yaml", configMap("here", "is", "here"))
                .commit("A film");

        // When
        team.follow("hostile", hostile);

        // Then
        soon(() -> assertThat(team.ready("GitRepository", "hostile")).satisfies(ready -> {
            assertThat(ready.isFalse()).isTrue();
            assertThat(ready.message()).containsIgnoringCase("large");
        }));
        neighbourIsServed();
    }

    @Test
    void linkToItselfIsNoFile() {
        isRefused(repository -> repository.symlink("all/loop", "../all/loop")
                .file("all/kustomization.yaml", "resources: [loop]\n"), "./all", "BuildFailed", "loop");
    }

    @Test
    void linkOutOfTheTreeIsNoFile() {
        isRefused(repository -> repository.symlink("all/passwd.yaml", "/etc/passwd")
                .file("all/kustomization.yaml", "resources: [passwd.yaml]\n"), "./all", "BuildFailed", "passwd.yaml");
    }

    @Test
    void pathAboveTheRootIsRefused() {
        isRefused(repository -> repository.file("all/here.yaml", configMap("here", "is", "here")),
                "./all/../../../etc", "ArtifactFailed", "etc");
    }

    @Test
    void yamlBombIsDefused() {
        StringBuilder bomb = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bomb\ndata:\n");
        bomb.append("  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        IntStream.range(1, 12)
                .forEach(i -> bomb.append("  a%d: &a%d [%s]\n".formatted(i, i,
                        String.join(", ", Collections.nCopies(10, "*a" + (i - 1))))));
        isRefused(repository -> repository.file("all/bomb.yaml", bomb.toString()), "./all", "BuildFailed", "");
    }

    @Test
    void fiveThousandFilesAreNoBurden() {
        // Given
        IntStream.range(0, 5_000).forEach(i -> hostile.file("docs/page-%04d.md".formatted(i), "Page " + i));
        String commit = hostile.file("all/here.yaml", configMap("here", "is", "here")).commit("A book");

        // When
        team.follow("hostile", hostile);
        team.deliver("all", "hostile", "./all");

        // Then
        team.awaitApplied("all", commit);
        assertThat(team.configMaps()).isEqualTo(Map.of("here", Map.of("is", "here")));
        neighbourIsServed();
    }

    private void isRefused(Consumer<TestRepository> content, String path, String reason, String named) {
        // Given
        content.accept(hostile);
        hostile.commit("Something bad");

        // When
        team.follow("hostile", hostile);
        team.deliver("all", "hostile", path);

        // Then
        soon(() -> assertThat(team.ready("Kustomization", "all")).satisfies(ready -> {
            assertThat(ready.reason()).isEqualTo(reason);
            assertThat(ready.message()).isNotBlank().contains(named);
        }));
        assertThat(team.configMaps()).isEmpty();
        neighbourIsServed();
    }

    private void neighbourIsServed() {
        String commit = peaceful.file("all/settings.yaml", configMap("settings", "version", "2")).commit("Version 2");
        neighbour.request("GitRepository", "apps");
        neighbour.awaitApplied("all", commit);
        assertThat(neighbour.configMaps()).isEqualTo(Map.of("settings", Map.of("version", "2")));
    }
}
