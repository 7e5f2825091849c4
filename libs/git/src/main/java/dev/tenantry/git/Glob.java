package dev.tenantry.git;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Match one segment of a path by {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]} and {@code \}, with the syntax of Go's
 * {@code path/filepath.Match}, which Flux uses. A malformed pattern matches nothing.
 */
final class Glob {

    private final List<Token> tokens;
    /** The pattern's text where it is nothing but text, or text behind one {@code *}: most are, and that is compared fast. */
    private final @Nullable String text;
    private final boolean anyBefore;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
        this.anyBefore = !tokens.isEmpty() && tokens.getFirst() instanceof Token.AnyMany;
        this.text = textOf(anyBefore ? tokens.subList(1, tokens.size()) : tokens);
    }

    private static @Nullable String textOf(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            if (!(token instanceof Token.Literal literal)) {
                return null;
            }
            text.appendCodePoint(literal.character);
        }
        return text.toString();
    }

    private sealed interface Token {
        record Literal(int character) implements Token {}

        record AnyOne() implements Token {}

        record AnyMany() implements Token {}

        /** @param bounds pairs of first and last character */
        record OneOf(List<int[]> bounds, boolean negated) implements Token {}

        /** What no character matches, in place of a pattern that cannot be read. */
        record Nothing() implements Token {}

        default boolean matches(int character) {
            return switch (this) {
                case Literal literal -> literal.character == character;
                case AnyOne anyOne -> true;
                case OneOf oneOf -> oneOf.negated != oneOf.bounds.stream()
                        .anyMatch(bound -> bound[0] <= character && character <= bound[1]);
                case AnyMany anyMany -> false;
                case Nothing nothing -> false;
            };
        }
    }

    static Glob compile(String pattern) {
        List<Token> tokens = new ArrayList<>();
        int[] characters = pattern.codePoints().toArray();
        int at = 0;
        while (at < characters.length) {
            switch (characters[at]) {
                case '*' -> {
                    tokens.add(new Token.AnyMany());
                    at++;
                }
                case '?' -> {
                    tokens.add(new Token.AnyOne());
                    at++;
                }
                case '[' -> {
                    at = addClass(characters, at + 1, tokens);
                    if (at < 0) {
                        return new Glob(List.of(new Token.Nothing()));
                    }
                }
                default -> {
                    if (characters[at] == '\\' && ++at == characters.length) {
                        return new Glob(List.of(new Token.Nothing()));
                    }
                    tokens.add(new Token.Literal(characters[at++]));
                }
            }
        }
        return new Glob(List.copyOf(tokens));
    }

    /** Read a class of characters from behind its bracket; return where it ends, or -1 if it is malformed. */
    private static int addClass(int[] characters, int start, List<Token> tokens) {
        int at = start;
        boolean negated = at < characters.length && characters[at] == '^';
        if (negated) {
            at++;
        }
        List<int[]> bounds = new ArrayList<>();
        while (at < characters.length) {
            if (characters[at] == ']' && !bounds.isEmpty()) {
                tokens.add(new Token.OneOf(bounds, negated));
                return at + 1;
            }
            int[] bound = new int[2];
            at = readBound(characters, at, bound, 0);
            if (at < 0) {
                return -1;
            }
            bound[1] = bound[0];
            if (at < characters.length && characters[at] == '-') {
                at = readBound(characters, at + 1, bound, 1);
                if (at < 0) {
                    return -1;
                }
            }
            bounds.add(bound);
        }
        return -1;
    }

    private static int readBound(int[] characters, int start, int[] bound, int index) {
        int at = start;
        if (at >= characters.length || characters[at] == '-' || characters[at] == ']') {
            return -1;
        }
        if (characters[at] == '\\' && ++at >= characters.length) {
            return -1;
        }
        bound[index] = characters[at];
        return at + 1;
    }

    boolean matches(String name) {
        if (text != null) {
            return anyBefore ? name.endsWith(text) : name.equals(text);
        }
        int[] characters = name.codePoints().toArray();
        int at = 0;
        int token = 0;
        // Where to go on if the rest does not match: the last "*" takes one character more.
        int retryAt = -1;
        int retryToken = -1;
        while (at < characters.length || token < tokens.size()) {
            if (token < tokens.size() && tokens.get(token) instanceof Token.AnyMany) {
                retryAt = at + 1;
                retryToken = token++;
            } else if (token < tokens.size() && at < characters.length && tokens.get(token).matches(characters[at])) {
                at++;
                token++;
            } else if (retryToken >= 0 && retryAt <= characters.length) {
                at = retryAt++;
                token = retryToken + 1;
            } else {
                return false;
            }
        }
        return true;
    }
}
