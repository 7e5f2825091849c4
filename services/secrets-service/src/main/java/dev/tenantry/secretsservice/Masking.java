package dev.tenantry.secretsservice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApiError;

/** Tell what the API server said of a Secret without what it may have quoted of it. */
final class Masking {

    /** Masking shorter values would tell where they occur in any text. */
    private static final int SHORTEST = 3;
    private static final String MASK = "***";

    private Masking() {}

    /** Say in words why a Secret was refused. */
    static String describe(ApiError error, Manifest secret) {
        if (error.isInvalid() && !error.causes().isEmpty()) {
            // What validators say of a field quotes parts of its value: a character, a line.
            return "the API server refuses the Secret: " + error.causes()
                    .stream()
                    .map(cause -> cause.field() + " (" + cause.reason() + ")")
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
        return mask(error.message(), secret);
    }

    private static String mask(String message, Manifest secret) {
        String masked = message;
        for (String value : values(secret)) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    private static List<String> values(Manifest secret) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : secret.at("data")) {
            String base64 = value.asText();
            values.add(base64);
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            values.add(text);
            values.add(text.strip());
            text.lines().map(String::strip).forEach(values::add);
        }
        values.removeIf(value -> value.length() < SHORTEST);
        values.sort(Comparator.comparing(String::length).reversed());
        return values;
    }
}
