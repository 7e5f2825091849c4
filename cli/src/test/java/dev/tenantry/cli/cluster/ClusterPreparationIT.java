package dev.tenantry.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

class ClusterPreparationIT {

    private static final String RECEIVERS = "receivers.notification.toolkit.fluxcd.io";

    private final ControlPlane cluster = ControlPlane.shared();
    private final KubernetesClient client = cluster.client();

    @TempDir
    private Path folder;

    @Test
    void liveFluxControllersAreRefusedAndStoppedOnesAreNot() {
        // Given
        String namespace = cluster.newNamespace();
        Resource<?> controller = client.resource(new DeploymentBuilder()
                .withNewMetadata()
                .withName("source-controller")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "source-controller")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "source-controller")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("manager")
                .withImage("registry.example/manager:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        FluxGuard guard = new FluxGuard(client);
        assertThatCode(guard::check).doesNotThrowAnyException();

        // When
        controller.create();

        // Then
        assertThatThrownBy(guard::check).isInstanceOf(CommandFailure.class)
                .hasMessageContainingAll(namespace + "/source-controller", "--take-over");

        // When
        client.apps().deployments().inNamespace(namespace).withName("source-controller").scale(0);

        // Then
        assertThatCode(guard::check).doesNotThrowAnyException();
    }

    @Test
    void kindsAreInstalledOnceAndSomebodyElsesAreLeftAsTheyAre() {
        // Given
        CustomKinds kinds = new CustomKinds(client);
        assertThat(kinds.install()).isEmpty();
        assertThat(kinds.install()).as("installed by itself").isEmpty();
        var receivers = client.apiextensions().v1().customResourceDefinitions().withName(RECEIVERS);
        CustomResourceDefinition foreign = new CustomResourceDefinitionBuilder(receivers.get())
                .editMetadata()
                .withManagedFields()
                .withResourceVersion(null)
                .withUid(null)
                .withLabels(Map.of("installed-by", "somebody"))
                .endMetadata()
                .build();
        receivers.delete();
        receivers.waitUntilCondition(definition -> definition == null, 30, java.util.concurrent.TimeUnit.SECONDS);
        client.resource(foreign).create();

        // When
        List<String> left = kinds.install();

        // Then
        assertThat(left).containsExactly(RECEIVERS);
        assertThat(receivers.get().getMetadata().getLabels()).containsEntry("installed-by", "somebody");
    }

    @Test
    void manifestsAreAppliedWithTheirNamespaceFirst() throws Exception {
        // Given
        String name = "applied-" + System.nanoTime();
        Files.writeString(folder.resolve("a.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: %s}
                data: {colour: blue}
                """.formatted(name));
        Files.writeString(folder.resolve("b.yaml"), """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name));

        // When
        ManifestFiles.read(List.of(folder)).apply(client);

        // Then
        var applied = client.configMaps().inNamespace(name).withName("settings").get();
        assertThat(applied.getData()).containsEntry("colour", "blue");
        assertThat(applied.getMetadata().getManagedFields()).extracting("manager").containsExactly("tenantry");
    }
}
