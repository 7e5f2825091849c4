package dev.tenantry.git;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Say which commit a source is at and by which reference it was found, in the format of Flux's
 * {@code status.artifact.revision}: {@code main@sha1:<hex>}, {@code v1.2.3@sha1:<hex>},
 * {@code refs/pull/420/head@sha1:<hex>}, or {@code sha1:<hex>} where only a commit was asked for.
 *
 * @param reference the branch, the tag, or the full reference where one was asked for by name; null for a commit only
 */
public record Revision(@Nullable String reference, CommitId commit) {

    private static final String DIGEST_PREFIX = "sha1:";

    public Revision {
        if (reference != null && reference.isBlank()) {
            throw new IllegalArgumentException("A revision's reference is a name or absent, not blank");
        }
    }

    /** Return the revision of a commit that was asked for by its id alone. */
    public static Revision of(CommitId commit) {
        return new Revision(null, commit);
    }

    /** Return the revision of a commit that a branch, tag or other reference led to. */
    public static Revision of(String reference, CommitId commit) {
        return new Revision(reference, commit);
    }

    /**
     * Read a revision in Flux's format.
     *
     * @throws IllegalArgumentException if the text is no revision of a git commit
     */
    public static Revision parse(String text) {
        // The last '@' separates: a branch may have '@' in its name, a digest never has.
        int at = text.lastIndexOf('@');
        String digest = text.substring(at + 1);
        if (at == 0 || !digest.startsWith(DIGEST_PREFIX)) {
            throw new IllegalArgumentException(
                    "Not a git revision: \"" + text + "\" (expected main@sha1:<hex> or sha1:<hex>)");
        }
        return new Revision(at < 0 ? null : text.substring(0, at),
                new CommitId(digest.substring(DIGEST_PREFIX.length())));
    }

    /** Read a revision if the text is one, for statuses that others may have written. */
    public static Optional<Revision> tryParse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException notARevision) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return reference == null ? commit.digest() : reference + "@" + commit.digest();
    }
}
