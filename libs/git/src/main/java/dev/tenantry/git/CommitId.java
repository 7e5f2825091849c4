package dev.tenantry.git;

import java.util.regex.Pattern;

/**
 * Name a commit by its SHA-1 object id.
 *
 * @param hex 40 lower-case hexadecimal digits
 */
public record CommitId(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("A commit id has 40 lower-case hexadecimal digits, not \"" + hex + "\"");
        }
    }

    /** Return the digest as Flux writes it: {@code sha1:<hex>}. */
    public String digest() {
        return "sha1:" + hex;
    }

    /** Return the first 8 digits, for messages that people read. */
    public String abbreviated() {
        return hex.substring(0, 8);
    }

    @Override
    public String toString() {
        return hex;
    }
}
