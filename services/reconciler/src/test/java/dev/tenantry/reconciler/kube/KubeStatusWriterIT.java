package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.DeleteOptions;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.crd.Definitions;
import dev.tenantry.reconciler.StatusWriter;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.InventoryLayout;
import dev.tenantry.testkit.cluster.ControlPlane;

class KubeStatusWriterIT {

    private static final ResourceType DEFINITIONS = ResourceType
            .clusterScoped("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");

    private final Team team = new Team();
    private final List<Target> told = new ArrayList<>();
    private final KubeStatusWriter writer = new KubeStatusWriter(team.api, new InventoryLayout(1 << 19),
            new InventoryParts(team.api, Clock.systemUTC()), told::add);

    @BeforeAll
    static void define() {
        var api = ObjectApi.of(ControlPlane.shared().client());
        Definitions.all().forEach(each -> answer(api.apply(DEFINITIONS, each, ApplyOptions.as("tests").forced())));
        Team.eventually(() -> ControlPlane.shared()
                .client()
                .genericKubernetesResources(Target.API_VERSION, Target.KIND)
                .inAnyNamespace()
                .list());
    }

    @Test
    void theLastVersionOfAReleasedTargetIsToldToNobody() {
        // Given
        var path = KubeStatusWriter.TYPE.at(team.namespace, "apps");
        var made = answer(team.api.apply(KubeStatusWriter.TYPE, Team.manifest("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: %s}
                spec: {interval: 1h, prune: true, suspend: true, sourceRef: {kind: GitRepository, name: apps}}
                """.formatted(team.namespace)), ApplyOptions.as("tests")));
        var finalized = ((StatusWriter.Saved) writer.finalizer(TargetReader.read(made))).target();
        answer(team.api.delete(path, DeleteOptions.unconditionally()));
        var deleting = TargetReader.read(answer(team.api.get(path)).orElseThrow());

        // When
        var released = writer.release(deleting);

        // Then
        assertThat(released).isInstanceOf(StatusWriter.Saved.class);
        assertThat(answer(team.api.get(path))).isEmpty();
        assertThat(told).containsExactly(finalized);
    }
}
