package dev.tenantry.kubernetes.sealedsecret;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/**
 * Read an object of texts, whatever it is.
 *
 * <p>A value that is no text is read as an empty one, and what is no object as an empty map, as the Bitnami controller
 * reads them: one bad object must not keep a list of them from being read.
 */
final class TextByKey extends StdDeserializer<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    TextByKey() {
        super(Map.class);
    }

    @Override
    public Map<String, String> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        JsonNode tree = context.readTree(json);
        Map<String, String> texts = new LinkedHashMap<>();
        tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
        texts.replaceAll((key, text) -> text == null ? "" : text);
        return texts;
    }
}
