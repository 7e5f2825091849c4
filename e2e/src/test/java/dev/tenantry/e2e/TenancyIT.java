package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;

/** A team stays within its namespace, whatever it writes. */
class TenancyIT {

    private Installation tenantry;
    private ServiceProcess service;
    private GitServer git;
    private TestRepository repository;
    private Team team;
    private Team other;

    @BeforeEach
    void start() {
        tenantry = Installation.shared();
        service = tenantry.standalone();
        git = GitServer.start();
        repository = git.repository("team/apps");
        team = tenantry.newTeamWithoutRights();
        other = tenantry.newTeam();
    }

    @AfterEach
    void stop() {
        team.close();
        other.close();
        git.close();
    }

    @Test
    void kustomizationWithoutAnAccountMayDoWhatTheDefaultAccountMay() {
        // Given
        commitSettings();
        team.follow("apps", repository);

        // When
        team.deliver("web", "apps", "./web");

        // Then
        soon(() -> assertThat(team.ready("Kustomization", "web")).satisfies(ready -> {
            assertThat(ready.status()).isEqualTo("False");
            assertThat(ready.reason()).isEqualTo("ReconciliationFailed");
            assertThat(ready.message())
                    .contains("ConfigMap/" + team.namespace() + "/settings", "forbidden",
                            "system:serviceaccount:" + team.namespace() + ":default");
        }));
        assertThat(team.configMaps()).isEmpty();
    }

    @Test
    void kustomizationWithAnAccountMayDoWhatItsRoleSays() {
        // Given
        String commit = commitSettings();
        team.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: deployer
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: deployer
                rules:
                  - apiGroups: [""]
                    resources: [configmaps]
                    verbs: [get, create, patch, delete]
                """);
        team.bind("deployer", "Role", "deployer");
        team.follow("apps", repository);

        // When
        team.deliver("web", "apps", "./web", "serviceAccountName: deployer\n");

        // Then
        team.awaitApplied("web", commit);
        assertThat(team.configMaps()).isEqualTo(Map.of("settings", Map.of("is", "ours")));
    }

    @Test
    void kustomizationCannotReachIntoAnotherNamespace() {
        // Given
        repository.file("web/settings.yaml", configMap("settings", "is", "ours").replace(
                "  name: settings", "  name: settings\n  namespace: " + other.namespace()))
                .commit("Settings for others");
        team.bind("default", "ClusterRole", "admin");
        team.follow("apps", repository);

        // When
        team.apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: web
                spec:
                  sourceRef:
                    kind: GitRepository
                    name: apps
                  interval: 1h
                  prune: true
                """);

        // Then
        soon(() -> assertThat(team.ready("Kustomization", "web").message())
                .contains("ConfigMap/" + other.namespace() + "/settings", "forbidden"));
        assertThat(other.configMaps()).isEmpty();
    }

    @Test
    void sourceOfAnotherNamespaceIsDenied() {
        // Given
        commitSettings();
        other.follow("apps", repository);
        soon(() -> assertThat(other.ready("GitRepository", "apps")).matches(Team.Word::isTrue, "is Ready"));
        team.bind("default", "ClusterRole", "admin");

        // When
        team.apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: web
                spec:
                  sourceRef:
                    kind: GitRepository
                    name: apps
                    namespace: %s
                  path: ./web
                  targetNamespace: %s
                  interval: 1h
                  prune: true
                """.formatted(other.namespace(), team.namespace()));

        // Then
        soon(() -> {
            assertThat(team.ready("Kustomization", "web").reason()).isEqualTo("AccessDenied");
            assertThat(team.condition("Kustomization", "web", "Stalled")).satisfies(stalled -> {
                assertThat(stalled.isTrue()).isTrue();
                assertThat(stalled.message()).contains("GitRepository/" + other.namespace() + "/apps");
            });
        });
        assertThat(team.configMaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/hostname", "../../../../../../../../etc/hostname", "/proc/self/environ"})
    void linkOutOfTheSourceLeadsNowhere(String target) {
        // Given
        repository.file("web/kustomization.yaml", """
                configMapGenerator:
                  - name: stolen
                    files: [stolen.txt]
                """).symlink("web/stolen.txt", target).commit("A link");
        team.bind("default", "ClusterRole", "admin");
        team.follow("apps", repository);

        // When
        team.deliver("web", "apps", "./web");

        // Then
        soon(() -> assertThat(team.ready("Kustomization", "web")).satisfies(ready -> {
            assertThat(ready.reason()).isEqualTo("BuildFailed");
            assertThat(ready.message()).contains("stolen.txt");
        }));
        assertThat(team.configMaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../../../../../../etc", "https://localhost/base"})
    void baseOutOfTheSourceIsRefused(String base) {
        // Given
        repository.file("web/kustomization.yaml", "resources: [\"" + base + "\"]\n").commit("A base elsewhere");
        team.bind("default", "ClusterRole", "admin");
        team.follow("apps", repository);

        // When
        team.deliver("web", "apps", "./web");

        // Then
        soon(() -> assertThat(team.ready("Kustomization", "web").reason()).isEqualTo("BuildFailed"));
        assertThat(team.configMaps()).isEmpty();
    }

    @Test
    void urlOfAnotherTeamIsWorthNothingWithoutItsCredentials() {
        // Given
        git.allow("other", "its password");
        String commit = commitSettings();
        other.apply("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: git
                stringData:
                  username: other
                  password: its password
                """);
        other.follow("apps", repository);
        other.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata:
                  name: apps
                spec:
                  secretRef:
                    name: git
                """, "credentials");
        soon(() -> assertThat(other.fetchedRevision("apps")).isEqualTo("main@sha1:" + commit));
        team.bind("default", "ClusterRole", "admin");

        // When
        team.follow("apps", repository);
        team.deliver("web", "apps", "./web");

        // Then
        soon(() -> assertThat(team.ready("GitRepository", "apps")).satisfies(ready -> {
            assertThat(ready.status()).isEqualTo("False");
            assertThat(ready.reason()).isEqualTo("AuthenticationFailed");
        }));
        assertThat(team.read("GitRepository", "apps").at("status", "artifact").isMissingNode()).isTrue();
        soon(() -> assertThat(team.ready("Kustomization", "web").reason()).isEqualTo("ArtifactFailed"));
        assertThat(team.configMaps()).isEmpty();
    }

    @Test
    void webhookWithoutASignatureDoesNothing() throws Exception {
        // Given
        String before = commitSettings();
        other.follow("apps", repository);
        soon(() -> assertThat(other.fetchedRevision("apps")).isEqualTo("main@sha1:" + before));
        Hook hook = Hook.signed(other, "apps");
        String after = repository.file("web/more.yaml", configMap("more", "is", "ours")).commit("More");
        int polls = git.counts().advertisements();

        // When
        HttpResponse<String> unsigned = hook.call(service);
        HttpResponse<String> forged = new Hook(hook.path(), "guess").callSigned(service);

        // Then
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(git.counts().advertisements()).isEqualTo(polls);
        assertThat(hook.callSigned(service).statusCode()).isEqualTo(200);
        soon(() -> assertThat(other.fetchedRevision("apps")).isEqualTo("main@sha1:" + after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reconciler/targets", "/git-watcher/sources", "/git-watcher/deliveries",
            "/reconciler/status"})
    void callerWithoutATokenIsAskedForOne(String path) {
        // When
        HttpResponse<String> anonymous = service.get(path);
        HttpResponse<String> forged = service.getAs("guess", path);

        // Then
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    @Test
    void tokenShowsItsTeamAndNoOther() {
        // Given
        String commit = commitSettings();
        other.follow("apps", repository);
        other.deliver("web", "apps", "./web");
        other.awaitApplied("web", commit);
        other.viewAll("default");
        team.viewAll("default");

        // When
        String own = other.token("default");
        String foreign = team.token("default");

        // Then
        String target = "/reconciler/targets/" + other.namespace() + "/web";
        String source = "/git-watcher/sources/" + other.namespace() + "/apps";
        soon(() -> {
            assertThat(service.getAs(own, "/reconciler/targets").body()).contains(other.namespace());
            assertThat(service.getAs(own, "/git-watcher/sources").body()).contains(other.namespace());
        });
        assertThat(service.getAs(own, target).statusCode()).isEqualTo(200);
        assertThat(service.getAs(own, source).statusCode()).isEqualTo(200);
        assertThat(service.getAs(foreign, "/reconciler/targets").body()).doesNotContain(other.namespace());
        assertThat(service.getAs(foreign, "/git-watcher/sources").body()).doesNotContain(other.namespace());
        for (String path : new String[]{target, target + "/inventory", target + "/runs", target + "/diff", source,
                source + "/revisions"}) {
            HttpResponse<String> answer = service.getAs(foreign, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).doesNotContain(commit);
        }
    }

    private String commitSettings() {
        return repository.file("web/settings.yaml", configMap("settings", "is", "ours")).commit("Settings");
    }
}
