package dev.tenantry.kubernetes.meta;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Hold a duration as Kubernetes objects write it, such as {@code 1h2m3.5s}.
 *
 * <p>The format is that of Go's {@code time.ParseDuration} and {@code Duration.String}.
 *
 * @param value the duration, within 64 bits of nanoseconds (292 years)
 */
public record GoDuration(Duration value) implements Comparable<GoDuration> {

    /** What the schemas of the kinds accept: no sign, and nothing finer than a millisecond. */
    public static final String PATTERN = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";
    /** As {@link #PATTERN}, for durations that are never hours. */
    public static final String PATTERN_WITHOUT_HOURS = "^([0-9]+(\\.[0-9]+)?(ms|s|m))+$";

    private static final Pattern TERM = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    public GoDuration {
        nanos(value);
    }

    /**
     * Parse a sequence of decimal numbers with units: {@code 300ms}, {@code -1.5h}, {@code 2h45m}; also a bare zero.
     *
     * @throws IllegalArgumentException when the text is no duration, or too long a one
     */
    @JsonCreator
    public static GoDuration parse(String text) {
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return new GoDuration(Duration.ZERO);
        }
        if (unsigned.isEmpty()) {
            throw invalid(text);
        }
        BigDecimal total = BigDecimal.ZERO;
        Matcher term = TERM.matcher(unsigned);
        int end = 0;
        while (end < unsigned.length()) {
            if (!term.find(end) || term.start() != end) {
                throw invalid(text);
            }
            String whole = term.group(1);
            String fraction = term.group(2) == null ? "" : term.group(2);
            if (whole.isEmpty() && fraction.isEmpty()) {
                throw invalid(text);
            }
            BigDecimal number = new BigDecimal(
                    (whole.isEmpty() ? "0" : whole) + "." + (fraction.isEmpty() ? "0" : fraction));
            total = total.add(number.multiply(BigDecimal.valueOf(NANOS.get(term.group(3))))
                    .setScale(0, RoundingMode.DOWN));
            end = term.end();
        }
        try {
            long nanos = (negative ? total.negate() : total).longValueExact();
            return new GoDuration(Duration.ofNanos(nanos));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is longer than 292 years", e);
        }
    }

    /** Give the duration of so many seconds. */
    public static GoDuration ofSeconds(long seconds) {
        return new GoDuration(Duration.ofSeconds(seconds));
    }

    @Override
    public int compareTo(GoDuration other) {
        return value.compareTo(other.value);
    }

    /** Print as Go does: {@code 1h0m0s}, {@code 1.5s}, {@code 20ms}, {@code 0s}. */
    @JsonValue
    @Override
    public String toString() {
        long nanos = nanos(value);
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        if (size.compareTo(BigDecimal.valueOf(1_000)) < 0) {
            return sign + plain(size) + "ns";
        }
        if (size.compareTo(BigDecimal.valueOf(1_000_000)) < 0) {
            return sign + plain(size.movePointLeft(3)) + "\u00b5s";
        }
        if (size.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            return sign + plain(size.movePointLeft(6)) + "ms";
        }
        BigDecimal[] minutes = size.movePointLeft(9).divideAndRemainder(BigDecimal.valueOf(60));
        String seconds = plain(minutes[1]) + "s";
        long wholeMinutes = minutes[0].longValueExact();
        if (wholeMinutes == 0) {
            return sign + seconds;
        }
        String withMinutes = wholeMinutes % 60 + "m" + seconds;
        return wholeMinutes < 60 ? sign + withMinutes : sign + wholeMinutes / 60 + "h" + withMinutes;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(duration + " is longer than 292 years", e);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("'" + text + "' is not a duration such as 30s, 10m or 1h30m");
    }
}
