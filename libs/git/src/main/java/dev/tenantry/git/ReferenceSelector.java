package dev.tenantry.git;

import org.jspecify.annotations.Nullable;

/**
 * Choose the commit of a remote repository, as the fields of {@code spec.ref} of Flux's GitRepository do.
 */
public sealed interface ReferenceSelector {

    /** The branch that is followed when a source names nothing. */
    Branch DEFAULT = new Branch("master");

    /** Follow a branch. */
    record Branch(String name) implements ReferenceSelector {
        public Branch {
            requireReferenceName(name);
        }
    }

    /** Follow a tag, annotated or not; a tag that is moved is followed. */
    record Tag(String name) implements ReferenceSelector {
        public Tag {
            requireReferenceName(name);
        }
    }

    /**
     * Follow the tag with the highest version inside a range. Of tags with equal versions (they differ in build
     * metadata only) the one with the newest commit wins.
     */
    record SemverRange(VersionRange range) implements ReferenceSelector {}

    /** Follow a reference by its full name, such as {@code refs/pull/420/head}. */
    record Name(String fullName) implements ReferenceSelector {
        public Name {
            requireReferenceName(fullName);
            if (!fullName.startsWith("refs/") && !fullName.equals("HEAD")) {
                throw new IllegalArgumentException("A full reference name begins with refs/, not \"" + fullName + "\"");
            }
        }
    }

    /** Stay at a commit, which must be on the branch where one is given. */
    record Pinned(CommitId commit, @Nullable String branch) implements ReferenceSelector {
        public Pinned {
            if (branch != null) {
                requireReferenceName(branch);
            }
        }
    }

    /**
     * Choose by Flux's precedence: commit, then name, then semver, then tag, then branch; {@link #DEFAULT} if all are
     * absent. Empty counts as absent.
     *
     * @throws IllegalArgumentException with a message for the source's status, if the field that decides cannot be read
     */
    static ReferenceSelector of(@Nullable String branch, @Nullable String tag, @Nullable String semver,
            @Nullable String name,
            @Nullable String commit) {
        if (isGiven(commit)) {
            return new Pinned(new CommitId(commit), isGiven(branch) ? branch : null);
        }
        if (isGiven(name)) {
            return new Name(name);
        }
        if (isGiven(semver)) {
            return new SemverRange(VersionRange.parse(semver));
        }
        if (isGiven(tag)) {
            return new Tag(tag);
        }
        return isGiven(branch) ? new Branch(branch) : DEFAULT;
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static void requireReferenceName(String name) {
        if (!References.isValidName(name)) {
            throw new IllegalArgumentException("Not a valid git reference name: \"" + name + "\"");
        }
    }
}
