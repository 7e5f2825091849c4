package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One line of a batch.
 *
 * @param id names the result; may hold {@code /}, never {@code ..}
 * @param root the folder that stands for the source, already filtered
 * @param path the folder to build in it
 * @param kustomization the Flux Kustomization
 */
record BatchLine(String id, Path root, String path, ObjectNode kustomization) {

    private static final ObjectMapper JSON = new ObjectMapper();

    BatchLine {
        for (String name : id.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("id '" + id + "' is no relative path without '..'");
            }
        }
    }

    /**
     * Read all lines of a file; empty ones are skipped.
     *
     * @throws IOException also when a line is malformed or an id comes twice; the message names the line
     */
    static List<BatchLine> read(Path file) throws IOException {
        List<BatchLine> lines = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            if (text.isBlank()) {
                continue;
            }
            try {
                BatchLine line = parse(text);
                if (!ids.add(line.id)) {
                    throw new IllegalArgumentException("id '" + line.id + "' comes twice");
                }
                lines.add(line);
            } catch (JsonProcessingException e) {
                throw new IOException(file + ":" + number + ": " + e.getOriginalMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    private static BatchLine parse(String text) throws JsonProcessingException {
        JsonNode json = JSON.readTree(text);
        if (!(json.path("ks") instanceof ObjectNode kustomization)) {
            throw new IllegalArgumentException("ks is no object");
        }
        return new BatchLine(string(json, "id"), root(json), string(json, "path"), kustomization);
    }

    private static Path root(JsonNode json) {
        try {
            return Path.of(string(json, "root"));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("root: " + e.getMessage(), e);
        }
    }

    private static String string(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is no string");
        }
        return value.textValue();
    }
}
