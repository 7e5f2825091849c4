package dev.tenantry.git;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Match versions against a range as Masterminds/semver 3 does, the syntax of {@code spec.ref.semver} and of image
 * policies: comparisons joined by spaces or commas (and) and {@code ||} (or), {@code ~}, {@code ^}, wildcards, and
 * {@code 1.2 - 3.4}. Pre-releases match only where a comparison of the same group names one.
 */
public final class VersionRange {

    private static final String OPERATOR = "(=|!=|>=|=>|<=|=<|~>|>|<|~|\\^)?";
    private static final String NUMBER = "(?:[0-9]+|[xX*])";
    private static final String BOUND = "v?" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER + ")?"
            + "(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";
    private static final String COMPARISON = OPERATOR + "\\s*(" + BOUND + ")";
    private static final Pattern ONE = Pattern.compile(COMPARISON);
    private static final Pattern GROUP = Pattern
            .compile("\\s*" + COMPARISON + "\\s*(?:(?:\\s+|,\\s*)" + COMPARISON + "\\s*)*");
    private static final Pattern FROM_TO = Pattern.compile("\\s*(" + BOUND + ")\\s+-\\s+(" + BOUND + ")\\s*");

    private final String text;
    private final List<Group> groups;

    private VersionRange(String text, List<Group> groups) {
        this.text = text;
        this.groups = groups;
    }

    /** Comparisons that must all hold. */
    private record Group(List<VersionComparison> comparisons, boolean preReleases) {

        private boolean contains(Version version) {
            return comparisons.stream().allMatch(comparison -> comparison.test(version, preReleases));
        }
    }

    /**
     * Read a range such as {@code >=1.2 <2 || ~3.1}.
     *
     * @throws IllegalArgumentException with a message for the source's status, if it is none
     */
    public static VersionRange parse(String text) {
        String comparisonsOnly = FROM_TO.matcher(text).replaceAll(">= $1, <= $2 ");
        List<Group> groups = new ArrayList<>();
        for (String alternative : comparisonsOnly.split("\\|\\|", -1)) {
            if (!GROUP.matcher(alternative).matches()) {
                throw new IllegalArgumentException("Not a range of versions: \"" + text + "\"");
            }
            List<VersionComparison> comparisons = new ArrayList<>();
            Matcher matcher = ONE.matcher(alternative);
            while (matcher.find()) {
                comparisons.add(VersionComparison.of(matcher.group(1), matcher.group(2)));
            }
            boolean preReleases = comparisons.stream().anyMatch(comparison -> comparison.bound().isPreRelease());
            groups.add(new Group(List.copyOf(comparisons), preReleases));
        }
        return new VersionRange(text, List.copyOf(groups));
    }

    /** Say whether a version is in the range. */
    public boolean contains(Version version) {
        return groups.stream().anyMatch(group -> group.contains(version));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
