package dev.tenantry.git;

import org.jspecify.annotations.Nullable;

/**
 * Say what of a commit's tree is left out, beside the tree's own {@code .sourceignore} files.
 *
 * @param text the lines of {@code spec.ignore} in gitignore syntax, which come last and so overrule {@code .sourceignore};
 *        null if the field is absent. Flux's default list applies only where neither has a pattern.
 */
public record IgnoreRules(@Nullable String text) {

    private static final IgnoreRules NONE_GIVEN = new IgnoreRules(null);

    /** Return the rules of a source without {@code spec.ignore}. */
    public static IgnoreRules notGiven() {
        return NONE_GIVEN;
    }

    /** Return the rules of a source's {@code spec.ignore}. */
    public static IgnoreRules of(@Nullable String text) {
        return text == null ? NONE_GIVEN : new IgnoreRules(text);
    }
}
