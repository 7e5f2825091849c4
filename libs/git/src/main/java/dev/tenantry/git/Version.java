package dev.tenantry.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compare versions by Semantic Versioning 2.0.0, read as leniently as Masterminds/semver does.
 *
 * <p>
 * The order is that of precedence: build metadata does not count, so versions that compare as equal may differ.
 *
 * @param preRelease the identifiers after {@code -}, joined with dots; empty for a release
 * @param metadata what follows {@code +}; empty if nothing
 * @param original the text it was read from, such as {@code v1.2}
 */
public record Version(long major, long minor, long patch, String preRelease, String metadata, String original)
        implements
            Comparable<Version> {

    static final String PRE_RELEASE = "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?";
    static final String METADATA = "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?";

    private static final Pattern LENIENT = Pattern
            .compile("v?([0-9]{1,18})(?:\\.([0-9]{1,18}))?(?:\\.([0-9]{1,18}))?" + PRE_RELEASE + METADATA);
    private static final Pattern STRICT = Pattern
            .compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})" + PRE_RELEASE + METADATA);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Read a version that may begin with {@code v} and lack its last numbers ({@code v1}, {@code 1.2-rc.1}). */
    public static Optional<Version> parse(String text) {
        return read(LENIENT, text, text);
    }

    /**
     * Read the name of a tag as Flux does: three numbers without leading zeros, which may begin with {@code v}.
     */
    public static Optional<Version> ofTag(String tag) {
        return read(STRICT, tag.startsWith("v") ? tag.substring(1) : tag, tag);
    }

    private static Optional<Version> read(Pattern syntax, String text, String original) {
        Matcher matcher = syntax.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String preRelease = orEmpty(matcher.group(4));
        for (String identifier : preRelease.split("\\.")) {
            if (identifier.length() > 1 && identifier.startsWith("0") && NUMBER.matcher(identifier).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Version(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)),
                preRelease, orEmpty(matcher.group(5)), original));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }

    /** Say whether this comes before a release. */
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        int order = Long.compare(major, other.major);
        if (order == 0) {
            order = Long.compare(minor, other.minor);
        }
        if (order == 0) {
            order = Long.compare(patch, other.patch);
        }
        return order == 0 ? comparePreReleases(preRelease, other.preRelease) : order;
    }

    private static int comparePreReleases(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        String[] lefts = left.split("\\.");
        String[] rights = right.split("\\.");
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = compareIdentifiers(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    /** Compare numbers as numbers, of any length; numbers come before words. */
    private static int compareIdentifiers(String left, String right) {
        boolean leftIsNumber = NUMBER.matcher(left).matches();
        boolean rightIsNumber = NUMBER.matcher(right).matches();
        if (leftIsNumber && rightIsNumber) {
            int order = Integer.compare(left.length(), right.length());
            return order == 0 ? left.compareTo(right) : order;
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : Boolean.compare(rightIsNumber, leftIsNumber);
    }

    @Override
    public String toString() {
        return original;
    }
}
