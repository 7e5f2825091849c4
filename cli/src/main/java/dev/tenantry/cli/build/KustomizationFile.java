package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Read the Flux Kustomization that a file holds, perhaps among other objects. */
final class KustomizationFile {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String GROUP = "kustomize.toolkit.fluxcd.io/";

    private KustomizationFile() {}

    /**
     * Read the one Kustomization of a file.
     *
     * @throws IOException also when there is none, or more than one
     */
    static ObjectNode read(Path file) throws IOException {
        List<ObjectNode> found = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (documents.hasNextValue()) {
                if (documents.nextValue() instanceof ObjectNode object && isKustomization(object)) {
                    found.add(object);
                }
            }
        }
        if (found.size() != 1) {
            throw new IOException(file + " holds " + found.size() + " Kustomizations of " + GROUP + "*, not one");
        }
        return found.get(0);
    }

    /** Set variables of the spec, over those of the same names. */
    static void substitute(ObjectNode kustomization, Map<String, String> variables) {
        if (!variables.isEmpty()) {
            ObjectNode substitute = kustomization.withObjectProperty("spec")
                    .withObjectProperty("postBuild")
                    .withObjectProperty("substitute");
            variables.forEach(substitute::put);
        }
    }

    private static boolean isKustomization(ObjectNode object) {
        return object.path("kind").asText().equals("Kustomization")
                && object.path("apiVersion").asText().startsWith(GROUP);
    }
}
