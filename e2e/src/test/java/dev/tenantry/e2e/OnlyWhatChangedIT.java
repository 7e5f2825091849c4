package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** A commit to one of many applications costs the work of one. */
class OnlyWhatChangedIT {

    private static final List<String> APPS = IntStream.range(0, 200).mapToObj("app-%03d"::formatted).toList();
    private static final String CHANGED = "app-117";
    private static final Duration ALL = Duration.ofMinutes(4);

    private ServiceProcess service;
    private GitServer git;
    private TestRepository repository;
    private Team team;

    @BeforeEach
    void start() {
        Installation tenantry = Installation.shared();
        service = tenantry.standalone();
        git = GitServer.start();
        repository = git.repository("all/apps");
        team = tenantry.newTeam();
    }

    @AfterEach
    void stop() {
        team.close();
        git.close();
    }

    @Test
    void commitToOneOfTwoHundredTargetsIsBuiltAndAppliedOnce() {
        // Given
        APPS.forEach(app -> repository.file("apps/" + app + "/settings.yaml", configMap(app, "version", "1")));
        String before = repository.commit("All applications");
        team.follow("apps", repository);
        APPS.forEach(app -> team.deliver(app, "apps", "./apps/" + app));
        awaitAllAt(before);
        Map<String, Map<String, String>> settings = new TreeMap<>(team.configMaps());
        assertThat(settings).containsOnlyKeys(APPS);
        Map<String, String> versions = versions();
        double builds = service.counter("reconciler_builds_total");
        double objects = service.counter("reconciler_objects_total");

        // When
        repository.file("apps/" + CHANGED + "/settings.yaml", configMap(CHANGED, "version", "2"));
        String after = repository.commit("One application");
        team.request("GitRepository", "apps");

        // Then
        awaitAllAt(after);
        assertThat(service.counter("reconciler_builds_total") - builds).isEqualTo(1);
        assertThat(service.counter("reconciler_objects_total") - objects).isEqualTo(1);
        settings.put(CHANGED, Map.of("version", "2"));
        assertThat(team.configMaps()).isEqualTo(settings);
        // Nobody else's object was so much as touched.
        assertThat(versions().entrySet()).filteredOn(entry -> !versions.get(entry.getKey()).equals(entry.getValue()))
                .extracting(Map.Entry::getKey)
                .containsExactly(CHANGED);
    }

    private void awaitAllAt(String commit) {
        await().atMost(ALL)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(notAt("main@sha1:" + commit)).isEmpty());
    }

    private Set<String> notAt(String revision) {
        return team.all("Kustomization")
                .stream()
                .filter(each -> !Team.ready(each).isTrue() || !revision.equals(lastApplied(each)))
                .map(each -> each.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static String lastApplied(GenericKubernetesResource kustomization) {
        return kustomization.get("status", "lastAppliedRevision");
    }

    private Map<String, String> versions() {
        return team.client()
                .configMaps()
                .inNamespace(team.namespace())
                .list()
                .getItems()
                .stream()
                .filter(each -> APPS.contains(each.getMetadata().getName()))
                .collect(Collectors.toMap(each -> each.getMetadata().getName(),
                        each -> each.getMetadata().getResourceVersion()));
    }
}
