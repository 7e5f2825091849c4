package dev.tenantry.git;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One comparison of a range, such as {@code >=1.2}.
 *
 * @param bound what is compared with, zeros in place of what is left open
 * @param open which of the bound's numbers, and those after it, are left open or wildcards
 */
record VersionComparison(Operator operator, Version bound, Open open) {

    private static final Pattern BOUND = Pattern
            .compile("v?([^.+-]+)(?:\\.([^.+-]+))?(?:\\.([^.+-]+))?" + Version.PRE_RELEASE + Version.METADATA);
    private static final Pattern WILDCARD = Pattern.compile("[xX*]");

    enum Operator {
        EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, TILDE, CARET;

        private static Operator of(@Nullable String sign) {
            return switch (sign == null ? "" : sign) {
                case "", "=" -> EQUAL;
                case "!=" -> NOT_EQUAL;
                case ">" -> GREATER;
                case ">=", "=>" -> GREATER_OR_EQUAL;
                case "<" -> LESS;
                case "<=", "=<" -> LESS_OR_EQUAL;
                case "~", "~>" -> TILDE;
                case "^" -> CARET;
                default -> throw new IllegalArgumentException("Not a comparison of versions: " + sign);
            };
        }
    }

    enum Open {
        NOTHING, PATCH, MINOR, MAJOR
    }

    static VersionComparison of(@Nullable String sign, String bound) {
        Matcher matcher = BOUND.matcher(bound);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a version to compare with: \"" + bound + "\"");
        }
        String preRelease = matcher.group(4) == null ? "" : "-" + matcher.group(4);
        Open open = Open.NOTHING;
        String version = bound;
        if (isOpen(matcher.group(1))) {
            open = Open.MAJOR;
            version = "0.0.0" + preRelease;
        } else if (isOpen(matcher.group(2))) {
            open = Open.MINOR;
            version = matcher.group(1) + ".0.0" + preRelease;
        } else if (isOpen(matcher.group(3))) {
            open = Open.PATCH;
            version = matcher.group(1) + "." + matcher.group(2) + ".0" + preRelease;
        }
        Version parsed = Version.parse(version)
                .orElseThrow(
                        () -> new IllegalArgumentException("Not a version to compare with: \"" + bound + "\""));
        return new VersionComparison(Operator.of(sign), parsed, open);
    }

    private static boolean isOpen(@Nullable String number) {
        return number == null || WILDCARD.matcher(number).matches();
    }

    /**
     * Say whether a version satisfies this comparison.
     *
     * @param preReleases whether the group asks for pre-releases
     */
    boolean test(Version version, boolean preReleases) {
        boolean unasked = version.isPreRelease() && !bound.isPreRelease() && !preReleases;
        if (unasked) {
            return false;
        }
        return switch (operator) {
            case NOT_EQUAL -> differs(version);
            case EQUAL -> open == Open.NOTHING ? version.compareTo(bound) == 0 : near(version);
            case GREATER -> greater(version);
            case GREATER_OR_EQUAL -> version.compareTo(bound) >= 0;
            case LESS -> version.compareTo(bound) < 0;
            case LESS_OR_EQUAL -> lessOrEqual(version);
            case TILDE -> near(version);
            case CARET -> compatible(version);
        };
    }

    private boolean differs(Version version) {
        return switch (open) {
            case NOTHING, MAJOR -> version.compareTo(bound) != 0;
            case MINOR -> version.major() != bound.major();
            case PATCH -> version.major() != bound.major() || version.minor() != bound.minor()
                    || !version.preRelease().equals(bound.preRelease());
        };
    }

    private boolean greater(Version version) {
        return switch (open) {
            case NOTHING, MAJOR -> version.compareTo(bound) > 0;
            case MINOR -> version.major() > bound.major();
            case PATCH -> version.major() > bound.major()
                    || version.major() == bound.major() && version.minor() > bound.minor();
        };
    }

    private boolean lessOrEqual(Version version) {
        return switch (open) {
            case NOTHING -> version.compareTo(bound) <= 0;
            case MINOR -> version.major() <= bound.major();
            case PATCH, MAJOR -> version.major() < bound.major()
                    || version.major() == bound.major() && version.minor() <= bound.minor();
        };
    }

    private boolean near(Version version) {
        if (version.compareTo(bound) < 0) {
            return false;
        }
        boolean zero = bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0;
        if (zero && open != Open.MINOR && open != Open.PATCH) {
            return true;
        }
        return version.major() == bound.major() && (open == Open.MINOR || version.minor() == bound.minor());
    }

    private boolean compatible(Version version) {
        if (version.compareTo(bound) < 0 || version.major() != bound.major()) {
            return false;
        }
        if (bound.major() > 0 || open == Open.MINOR) {
            return true;
        }
        if (bound.minor() > 0 || open == Open.PATCH) {
            return version.minor() == bound.minor();
        }
        return version.minor() == 0 && version.patch() == bound.patch();
    }
}
