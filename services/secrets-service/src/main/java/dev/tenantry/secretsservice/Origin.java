package dev.tenantry.secretsservice;

import java.util.Optional;

/**
 * Which state of which SealedSecret a Secret was made of, as it is written down with it: a replica that was slow cannot put
 * an older value in the place of a newer one, and a scope that changed while nobody looked is noticed.
 *
 * @param uid of the SealedSecret
 * @param generation of the SealedSecret
 * @param scope of the SealedSecret, whose annotations are no part of the generation
 */
public record Origin(String uid, long generation, String scope) {

    /** The annotation that has it. */
    static final String ANNOTATION = "tenantry.dev/made-of";

    private static final String SEPARATOR = "/";
    private static final int PARTS = 3;

    /** Read the annotation's value; empty when it is none. */
    static Optional<Origin> read(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        try {
            return parts.length == PARTS
                    ? Optional.of(new Origin(parts[0], Long.parseLong(parts[1]), parts[2]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Tell whether it is a later state of the same SealedSecret. */
    boolean isNewerThan(Origin other) {
        return uid.equals(other.uid) && generation > other.generation;
    }

    /** Give the annotation's value. */
    @Override
    public String toString() {
        return uid + SEPARATOR + generation + SEPARATOR + scope;
    }
}
