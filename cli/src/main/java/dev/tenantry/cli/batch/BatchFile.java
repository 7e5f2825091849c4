package dev.tenantry.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A file of which each line is a JSON object that says what to do. */
public final class BatchFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line of a batch. */
    public interface Line {

        /** Name the result; may hold {@code /}, never {@code ..}. */
        String id();
    }

    private BatchFile() {}

    /**
     * Read all lines of a file; empty ones are skipped.
     *
     * @param line makes a line out of its JSON, or throws an IllegalArgumentException that says what is wrong with it
     * @throws IOException also when a line is malformed, an id leads elsewhere or comes twice; the message names the line
     */
    public static <L extends Line> List<L> read(Path file, Function<JsonNode, L> line) throws IOException {
        List<L> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            if (text.isBlank()) {
                continue;
            }
            try {
                L read = line.apply(JSON.readTree(text));
                check(read.id(), ids);
                lines.add(read);
            } catch (JsonProcessingException e) {
                throw new IOException(file + ":" + number + ": " + e.getOriginalMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    /**
     * Read a field that has to be a string.
     *
     * @throws IllegalArgumentException when it is missing or none
     */
    public static String string(JsonNode line, String field) {
        JsonNode value = line.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is no string");
        }
        return value.textValue();
    }

    /**
     * Read a field that has to be the path of a file or folder.
     *
     * @throws IllegalArgumentException when it is missing or none
     */
    public static Path path(JsonNode line, String field) {
        try {
            return Path.of(string(line, field));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static void check(String id, Set<String> earlier) {
        for (String name : id.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("id '" + id + "' is no relative path without '..'");
            }
        }
        if (!earlier.add(id)) {
            throw new IllegalArgumentException("id '" + id + "' comes twice");
        }
    }
}
