package dev.tenantry.kubernetes.api;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the JSON of the API server. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Reads a whole answer; what is no JSON came from something between us and the server. */
    static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new ApiException(ApiError.transport(ApiError.BROKEN, "The API server's answer is no JSON"), e);
        }
    }
}
