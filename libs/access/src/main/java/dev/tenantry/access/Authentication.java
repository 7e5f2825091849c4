package dev.tenantry.access;

/** Say whether a caller is known. */
public sealed interface Authentication {

    /** The caller is known. */
    record Known(Identity identity) implements Authentication {}

    /**
     * The caller is not known.
     *
     * @param detail why, and what to do, for people; it quotes no token
     */
    record Refused(String detail) implements Authentication {}
}
