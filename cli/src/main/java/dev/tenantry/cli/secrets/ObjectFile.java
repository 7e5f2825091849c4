package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.yaml.snakeyaml.LoaderOptions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import dev.tenantry.kubernetes.Manifest;

/**
 * The objects of a file, whose content no message quotes: it may be a Secret.
 *
 * @param name what messages call it
 * @param format what it is written in
 * @param objects all objects, those of lists too
 */
record ObjectFile(String name, Format format, List<Manifest> objects) {

    private static final String STDIN = "-";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final ObjectMapper YAML = new ObjectMapper(
            YAMLFactory.builder().loaderOptions(unbounded()).build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /**
     * Read a file, or stdin where the name is {@code -}.
     *
     * @throws IOException also when it holds something else than objects; the message says what, where and what to do
     */
    static ObjectFile read(String file, InputStream stdin) throws IOException {
        if (file.equals(STDIN)) {
            return parse("stdin", new String(stdin.readAllBytes(), StandardCharsets.UTF_8));
        }
        return read(Path.of(file));
    }

    /** Read a file. */
    static ObjectFile read(Path file) throws IOException {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there: name a file that is", e);
        }
    }

    /** Read a text, which messages call by a name. */
    static ObjectFile parse(String name, String text) throws IOException {
        Format format = text.stripLeading().startsWith("{") ? Format.JSON : Format.YAML;
        ObjectMapper mapper = format == Format.JSON ? JSON : YAML;
        List<Manifest> objects = new ArrayList<>();
        try {
            if (format == Format.YAML) {
                refuseAliases(name, text);
            }
            try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(text)) {
                while (documents.hasNextValue()) {
                    add(documents.nextValue(), objects);
                }
            }
        } catch (JsonProcessingException e) {
            // Its message and its cause quote the text.
            throw new IOException(name + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr())
                    + ": is no " + (format == Format.JSON ? "JSON" : "YAML") + ": correct it there or just above");
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage() + ": it has to be a Kubernetes object", e);
        }
        if (objects.isEmpty()) {
            throw new IOException(name + " holds no object: give one in YAML or JSON");
        }
        return new ObjectFile(name, format, List.copyOf(objects));
    }

    /** Print no content. */
    @Override
    public String toString() {
        return name;
    }

    private static void add(JsonNode document, List<Manifest> objects) {
        if (document.isNull() || document.isMissingNode() || document.isTextual() && document.asText().isBlank()) {
            return;
        }
        if (!(document instanceof ObjectNode object)) {
            throw new IllegalArgumentException("A document is no object");
        } else if (object.path("kind").asText().endsWith("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> add(item, objects));
        } else {
            objects.add(Manifest.of(object));
        }
    }

    /** An alias would be read as the text of its name. */
    private static void refuseAliases(String name, String text) throws IOException {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias()) {
                    throw new IOException(name + ":" + parser.currentTokenLocation().getLineNr()
                            + ": has an alias of YAML (*), which is not read here: write out what it stands for");
                }
            }
        }
    }

    private static LoaderOptions unbounded() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }
}
