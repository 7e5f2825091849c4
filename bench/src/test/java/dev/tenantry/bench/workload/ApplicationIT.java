package dev.tenantry.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.build.BuildCommand;
import dev.tenantry.cli.terminal.CommandLines;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

class ApplicationIT {

    @TempDir
    private Path folder;

    @Test
    void theBareClientAppliesWhatKustomizeMakesOfTheRepository() throws IOException, InterruptedException {
        // Given
        Application application = Application.number(7);
        write(Application.base("0"));
        write(application.files());

        // When
        List<GenericKubernetesResource> built = build(application.folder());

        // Then
        assertThat(built).containsExactlyInAnyOrderElementsOf(application.rendered());
    }

    private List<GenericKubernetesResource> build(String path) throws IOException, InterruptedException {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
        Path kustomization = Files.writeString(folder.resolve("target.yaml"), """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: app
                spec:
                  sourceRef:
                    kind: GitRepository
                    name: apps
                """);
        var out = new StringWriter();
        int status = CommandLines.of(new BuildCommand())
                .setOut(new PrintWriter(out))
                .execute("--source", folder.toString(), "--path", path, "--kustomization", kustomization.toString());
        assertThat(status).isZero();
        List<GenericKubernetesResource> objects = new ArrayList<>();
        for (String document : out.toString().split("(?m)^---$")) {
            objects.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
        }
        return objects;
    }

    private void write(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
