package dev.tenantry.secretsservice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.TextNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApiError;

/** Tell what the API server said of a Secret without what it may have quoted of it. */
final class Masking {

    /** Masking shorter values would tell where they occur in any text. */
    private static final int SHORTEST = 3;
    /** Of longer values each piece of this length is masked, since a policy may quote a part of one. */
    private static final int PIECE = 8;
    private static final String MASK = "***";

    private Masking() {}

    /**
     * Say in words why a Secret was refused.
     *
     * @param secrets the Secret as it was to be, and as it is: admission sees both
     */
    static String describe(ApiError error, Collection<Manifest> secrets) {
        if (error.isInvalid() && !error.causes().isEmpty()) {
            // What validators say of a field quotes parts of its value: a character, a line.
            return "the API server refuses the Secret: " + error.causes()
                    .stream()
                    .map(cause -> cause.field() + " (" + cause.reason() + ")")
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
        return mask(error.message(), secrets);
    }

    private static String mask(String message, Collection<Manifest> secrets) {
        BitSet quoted = new BitSet(message.length());
        Map<String, List<Integer>> pieces = pieces(message);
        for (String base64 : values(secrets)) {
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            markPieces(base64, pieces, quoted);
            markWhole(base64, message, quoted);
            for (String form : List.of(text, escaped(text))) {
                markPieces(form, pieces, quoted);
            }
            text.lines()
                    .map(String::strip)
                    .flatMap(line -> Stream.of(line, escaped(line)))
                    .forEach(line -> markWhole(line, message, quoted));
        }
        return masked(message, quoted);
    }

    private static Set<String> values(Collection<Manifest> secrets) {
        Set<String> values = new HashSet<>();
        secrets.forEach(secret -> secret.at("data").forEach(value -> values.add(value.asText())));
        return values;
    }

    /** Give a value as JSON has it, and Go where it quotes. */
    private static String escaped(String value) {
        String quoted = TextNode.valueOf(value).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Map<String, List<Integer>> pieces(String message) {
        Map<String, List<Integer>> pieces = new HashMap<>();
        for (int at = 0; at + PIECE <= message.length(); at++) {
            pieces.computeIfAbsent(message.substring(at, at + PIECE), any -> new ArrayList<>()).add(at);
        }
        return pieces;
    }

    /** Mark what a message has of a long value. */
    private static void markPieces(String value, Map<String, List<Integer>> pieces, BitSet quoted) {
        for (int at = 0; at + PIECE <= value.length(); at++) {
            pieces.getOrDefault(value.substring(at, at + PIECE), List.of())
                    .forEach(found -> quoted.set(found, found + PIECE));
        }
    }

    /** Mark a short value. */
    private static void markWhole(String value, String message, BitSet quoted) {
        if (value.length() < SHORTEST || value.length() >= PIECE) {
            return;
        }
        for (int at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
            quoted.set(at, at + value.length());
        }
    }

    private static String masked(String message, BitSet quoted) {
        StringBuilder masked = new StringBuilder();
        int at = 0;
        while (at < message.length()) {
            int begin = quoted.nextSetBit(at);
            if (begin < 0) {
                return masked.append(message, at, message.length()).toString();
            }
            masked.append(message, at, begin).append(MASK);
            at = quoted.nextClearBit(begin);
        }
        return masked.toString();
    }
}
