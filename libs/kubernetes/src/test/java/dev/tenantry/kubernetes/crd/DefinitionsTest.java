package dev.tenantry.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;

class DefinitionsTest {

    @Test
    void everyKindHasADefinition() {
        assertThat(Definitions.all()).extracting(Manifest::name)
                .containsExactlyElementsOf(
                        DefinitionGenerator.KINDS.stream().map(HasMetadata::getFullResourceName).toList());
    }

    @Test
    void columnsOfKubectlAreThoseOfTheOriginals() {
        assertThat(Definitions.all()).extracting(DefinitionsTest::columns)
                .containsExactly(
                        List.of("URL", "Age", "Ready", "Status"),
                        List.of("Age", "Ready", "Status"),
                        List.of("Age", "Ready", "Status"),
                        List.of("Status", "Synced", "Age"),
                        List.of("Age", "Kustomization"));
    }

    @Test
    void committedDefinitionsAreThoseOfTheClasses() throws Exception {
        // Given
        Path generated = Path.of(resource(Definitions.FOLDER));
        Path committed = Path.of("..", "..", "deploy", "crds");

        // Then
        assertThat(files(committed))
                .as("deploy/crds, which is renewed by: cp libs/kubernetes/target/classes/%s*.yml deploy/crds/",
                        Definitions.FOLDER)
                .isEqualTo(files(generated));
    }

    private static List<String> columns(Manifest definition) {
        JsonNode columns = definition.at("spec", "versions").path(0).path("additionalPrinterColumns");
        return StreamSupport.stream(columns.spliterator(), false).map(column -> column.path("name").asText()).toList();
    }

    private static URI resource(String name) throws URISyntaxException {
        return DefinitionsTest.class.getClassLoader().getResource(name).toURI();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yml")).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return contents;
    }
}
