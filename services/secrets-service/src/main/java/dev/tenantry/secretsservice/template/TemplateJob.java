package dev.tenantry.secretsservice.template;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/** What a worker is asked to render: the texts of templates, and the values that they see, both by their keys. */
record TemplateJob(Map<String, String> templates, Map<String, byte[]> data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Give the JSON that {@code workers/README.md} describes. */
    byte[] encoded() throws IOException {
        return JSON.writeValueAsBytes(Map.of("templates", templates, "data", data));
    }

    /** Print the keys alone. */
    @Override
    public String toString() {
        return "TemplateJob" + templates.keySet();
    }
}
