package dev.tenantry.kubernetes.watch;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads a page of a list with one object in memory at a time. */
final class ListReader {

    /** Takes the objects of a list in order. */
    interface Items {
        void item(ObjectNode object);
    }

    /** The metadata of a list: its version, and the token of the next page, empty on the last one. */
    record Head(String resourceVersion, String continueToken) {}

    private final ObjectMapper mapper;

    ListReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Head read(byte[] body, Items items) throws IOException {
        JsonNode metadata = MissingNode.getInstance();
        try (JsonParser parser = mapper.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("The API server's list is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if ("metadata".equals(field)) {
                    metadata = parser.readValueAsTree();
                } else if ("items".equals(field) && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.item(parser.readValueAsTree());
                    }
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("The API server's list ends too early");
            }
        }
        return new Head(metadata.path("resourceVersion").asText(""), metadata.path("continue").asText(""));
    }
}
