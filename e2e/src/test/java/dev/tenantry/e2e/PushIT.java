package dev.tenantry.e2e;

import static dev.tenantry.e2e.Samples.configMap;
import static dev.tenantry.e2e.Samples.deployment;
import static dev.tenantry.e2e.Team.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/** A push to git becomes the cluster's state. */
class PushIT {

    private Installation tenantry;
    private GitServer git;
    private TestRepository repository;
    private Team team;
    private Hook hook;

    @BeforeEach
    void start() {
        tenantry = Installation.shared();
        git = GitServer.start();
        repository = git.repository("team/apps");
        team = tenantry.newTeam();
    }

    @AfterEach
    void stop() {
        team.close();
        git.close();
    }

    @Test
    void firstPushIsAppliedWithItsOverlayAndItsVariables() {
        // Given
        String commit = commitShop("1.0");

        // When
        deliverShop();

        // Then
        team.awaitApplied("shop", commit);
        assertThat(team.fetchedRevision("apps")).isEqualTo("main@sha1:" + commit);
        assertThat(shop())
                .isEqualTo(new Shop("registry.example/shop:1.0", 2, Map.of("colour", "green", "host", "shop.example")));
        assertThat(team.inventory("shop")).containsExactly(
                team.namespace() + "_shop-settings__ConfigMap", team.namespace() + "_shop_apps_Deployment");
    }

    @Test
    void changeIsAppliedAsSoonAsAWebhookTells() {
        // Given
        commitShop("1.0");
        deliverShop();
        hook = Hook.generic(team, "apps");
        team.awaitApplied("shop", head());

        // When
        String commit = commitShop("1.1");
        assertThat(hook.call(tenantry.standalone()).statusCode()).isEqualTo(200);

        // Then
        team.awaitApplied("shop", commit);
        assertThat(team.fetchedRevision("apps")).isEqualTo("main@sha1:" + commit);
        assertThat(shop().image()).isEqualTo("registry.example/shop:1.1");
    }

    @Test
    void forcedPushBringsTheEarlierStateBack() {
        // Given
        String good = commitShop("1.0");
        repository.file("base/extra.yaml", configMap("extra", "of", "1.1"))
                .file("base/kustomization.yaml", "resources: [deployment.yaml, settings.yaml, extra.yaml]");
        commitShop("1.1");
        deliverShop();
        hook = Hook.generic(team, "apps");
        team.awaitApplied("shop", head());
        assertThat(team.configMaps()).containsKey("extra");

        // When
        repository.reset(good);
        hook.call(tenantry.standalone());

        // Then
        team.awaitApplied("shop", good);
        assertThat(team.fetchedRevision("apps")).isEqualTo("main@sha1:" + good);
        assertThat(shop())
                .isEqualTo(new Shop("registry.example/shop:1.0", 2, Map.of("colour", "green", "host", "shop.example")));
        assertThat(team.configMaps()).containsOnlyKeys("shop-settings");
    }

    @Test
    void whatLeavesGitLeavesTheCluster() {
        // Given
        repository.file("all/kept.yaml", configMap("kept", "is", "here"))
                .file("all/dropped.yaml", configMap("dropped", "is", "here"))
                .commit("Two objects");
        team.follow("apps", repository);
        team.deliver("all", "apps", "./all");
        hook = Hook.generic(team, "apps");
        team.awaitApplied("all", head());
        assertThat(team.configMaps()).containsOnlyKeys("dropped", "kept");

        // When
        String commit = repository.delete("all/dropped.yaml").commit("One object");
        hook.call(tenantry.standalone());

        // Then
        team.awaitApplied("all", commit);
        assertThat(team.configMaps()).isEqualTo(Map.of("kept", Map.of("is", "here")));
        assertThat(team.inventory("all")).containsExactly(team.namespace() + "_kept__ConfigMap");
    }

    @Test
    void deletedKustomizationTakesItsObjectsWithIt() {
        // Given
        repository.file("all/one.yaml", configMap("one", "is", "here")).commit("One object");
        team.follow("apps", repository);
        team.deliver("all", "apps", "./all");
        team.awaitApplied("all", head());

        // When
        team.delete("Kustomization", "all");

        // Then
        soon(() -> assertThat(team.configMaps()).isEmpty());
    }

    @Test
    void dependentIsAppliedOnlyOnceWhatItDependsOnIsHealthy() {
        // Given
        repository.file("database/database.yaml", deployment("database", "registry.example/database:16"))
                .file("web/web.yaml", configMap("web", "database", "there"))
                .commit("Web and its database");
        team.follow("apps", repository);
        team.deliver("web", "apps", "./web", """
                dependsOn:
                  - name: database
                """);
        soon(() -> assertThat(team.ready("Kustomization", "web").reason()).isEqualTo("DependencyNotReady"));
        assertThat(team.configMaps()).isEmpty();

        // When
        team.deliver("database", "apps", "./database", "wait: true\n");

        // Then
        team.awaitApplied("database", head());
        team.awaitApplied("web", head());
        // The last change of the Deployment made it available, and came before the first of the dependent's object.
        KubernetesClient client = team.client();
        assertThat(versionOf(client.configMaps().inNamespace(team.namespace()).withName("web"))).isGreaterThan(
                versionOf(client.apps().deployments().inNamespace(team.namespace()).withName("database")));
    }

    /** What of the sample application is in the cluster. */
    private record Shop(String image, int replicas, Map<String, String> settings) {}

    private Shop shop() {
        Deployment deployment = team.client().apps().deployments().inNamespace(team.namespace()).withName("shop").get();
        return new Shop(
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage(),
                deployment.getSpec().getReplicas(),
                team.configMaps().get("shop-settings"));
    }

    private void deliverShop() {
        team.follow("apps", repository);
        team.deliver("shop", "apps", "./production", """
                postBuild:
                  substitute:
                    colour: green
                """);
    }

    private String commitShop(String version) {
        if (repository.head("main") == null) {
            repository.file("base/kustomization.yaml", "resources: [deployment.yaml, settings.yaml]");
        }
        return repository.file("base/deployment.yaml", deployment("shop", "registry.example/shop"))
                .file("base/settings.yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: shop-settings
                        data:
                          colour: ${colour}
                          host: ${host:=shop.example}
                        """)
                .file("production/kustomization.yaml", """
                        resources: [../base]
                        images:
                          - name: registry.example/shop
                            newTag: "%s"
                        replicas:
                          - name: shop
                            count: 2
                        """.formatted(version))
                .commit("Shop " + version);
    }

    private String head() {
        String commit = repository.head("main");
        assertThat(commit).isNotNull();
        return commit;
    }

    private long versionOf(Resource<? extends HasMetadata> object) {
        return Long.parseLong(object.require().getMetadata().getResourceVersion());
    }
}
