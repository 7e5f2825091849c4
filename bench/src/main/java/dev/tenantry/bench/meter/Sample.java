package dev.tenantry.bench.meter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value of Prometheus' text format.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">its definition</a>
 */
record Sample(String metric, Map<String, String> labels, double value) {

    private static final Pattern LINE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?\\s*");
    private static final Pattern LABEL = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    Sample {
        labels = Map.copyOf(labels);
    }

    /** Read the samples of some metrics; the rest, which can be megabytes, is passed over. */
    static Stream<Sample> read(String text, String... metrics) {
        return text.lines().filter(line -> isOf(line, metrics)).flatMap(line -> parse(line).stream());
    }

    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    private static boolean isOf(String line, String... metrics) {
        for (String metric : metrics) {
            if (line.startsWith(metric) && line.length() > metric.length()
                    && (line.charAt(metric.length()) == '{' || Character.isWhitespace(line.charAt(metric.length())))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Sample> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> labels = new HashMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(label.group(1), unescape(label.group(2)));
            }
        }
        return number(matcher.group(3)).map(value -> new Sample(matcher.group(1), labels, value));
    }

    private static Optional<Double> number(String text) {
        return switch (text) {
            case "+Inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> {
                try {
                    yield Optional.of(Double.parseDouble(text));
                } catch (NumberFormatException e) {
                    yield Optional.empty();
                }
            }
        };
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(escape.group(1)));
    }
}
