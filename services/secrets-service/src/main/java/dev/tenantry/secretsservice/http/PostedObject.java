package dev.tenantry.secretsservice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.tenantry.kubernetes.Manifest;

/** Reads the one object that somebody sent as JSON or YAML. */
final class PostedObject {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private PostedObject() {}

    /** @throws IllegalArgumentException when it is not one object; the message quotes none of it */
    static Manifest read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        // JSON that is indented by tabs is no YAML.
        ObjectMapper mapper = text.stripLeading().startsWith("{") ? JSON : YAML;
        try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(text)) {
            if (!documents.hasNextValue() || !(documents.nextValue() instanceof ObjectNode object)) {
                throw new IllegalArgumentException("The body is no object: send one SealedSecret as JSON or YAML.");
            }
            if (documents.hasNextValue()) {
                throw new IllegalArgumentException("The body has several documents: send one SealedSecret at a time.");
            }
            return Manifest.of(object);
        } catch (IOException e) {
            throw new IllegalArgumentException("The body is neither JSON nor YAML.");
        }
    }
}
