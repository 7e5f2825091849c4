package dev.tenantry.e2e;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.testkit.TemporaryFolder;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Tenantry in the cluster of this test run. There is one at a time: two would fight over the same objects.
 *
 * <p>Most stories share one, all services in one process; a story that kills or breaks something {@linkplain #alone()
 * runs alone}.
 */
final class Installation implements AutoCloseable {

    static final String NAMESPACE = "tenantry-system";
    static final String PLATFORM_ACCOUNT = "tenantry-platform";

    private static @Nullable Installation shared;

    private final TemporaryFolder folder;
    private final ControlPlane cluster;
    private @Nullable ServiceProcess process;

    private Installation(ControlPlane cluster) {
        this.folder = TemporaryFolder.create("e2e");
        this.cluster = cluster;
        prepare(cluster.client());
    }

    /** Return the installation that stories share, all in one process, with its own broker and Postgres. */
    static synchronized Installation shared() {
        Installation running = shared;
        if (running == null) {
            running = new Installation(ControlPlane.shared());
            running.startStandalone(Map.of());
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(Installation::stopShared));
        }
        return running;
    }

    /** Prepare the cluster for an installation of a story's own, of which nothing runs yet. */
    static Installation alone() {
        stopShared();
        return new Installation(ControlPlane.shared());
    }

    /** Prepare a cluster that a story has started for itself, of which nothing runs yet. */
    static Installation on(ControlPlane cluster) {
        return new Installation(cluster);
    }

    private static synchronized void stopShared() {
        Installation running = shared;
        shared = null;
        if (running != null) {
            running.close();
        }
    }

    /** Start all services in one process; a second start goes on with the data of the first. */
    ServiceProcess startStandalone(Map<String, String> settings) {
        Map<String, String> all = settings();
        all.put("TENANTRY_DATA", folder.path().resolve("data").toString());
        all.putAll(settings);
        ServiceProcess started = ServiceProcess.start("standalone", folder.path(), all);
        process = started;
        return started;
    }

    /** Return the settings of each service here: the git servers of tests are on loopback, without TLS. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("KUBECONFIG", cluster.kubeconfig().toString());
        settings.put("GIT_WATCHER_ALLOW_HTTP", "true");
        settings.put("GIT_WATCHER_ALLOW_LOOPBACK", "true");
        return settings;
    }

    /** Return the process of all services. */
    ServiceProcess standalone() {
        ServiceProcess running = process;
        if (running == null) {
            throw new IllegalStateException("nothing was started");
        }
        return running;
    }

    ControlPlane cluster() {
        return cluster;
    }

    /** Return a folder for data and logs, which goes with the installation. */
    Path folder() {
        return folder.path();
    }

    /** Make a namespace whose default account may do anything in it. */
    Team newTeam() {
        Team team = newTeamWithoutRights();
        team.bind("default", "ClusterRole", "admin");
        return team;
    }

    /** Make a namespace whose accounts may do nothing. */
    Team newTeamWithoutRights() {
        return new Team(cluster.client(), cluster.newNamespace());
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        folder.close();
    }

    private static void prepare(KubernetesClient client) {
        Definitions.all().stream().map(each -> each.as(CustomResourceDefinition.class)).forEach(definition -> {
            apply(client, definition);
            client.resource(definition)
                    .waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS);
        });
        for (String namespace : new String[]{NAMESPACE, "flux-system"}) {
            apply(client, new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
        }
        apply(client, new ServiceAccountBuilder().withNewMetadata()
                .withName(PLATFORM_ACCOUNT)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build());
        apply(client, new ClusterRoleBindingBuilder().withNewMetadata()
                .withName(PLATFORM_ACCOUNT)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("", "ServiceAccount", PLATFORM_ACCOUNT, NAMESPACE)
                .build());
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager("e2e").forceConflicts().serverSideApply();
    }
}
