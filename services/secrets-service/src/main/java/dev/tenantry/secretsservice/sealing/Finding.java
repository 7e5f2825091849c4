package dev.tenantry.secretsservice.sealing;

/**
 * One thing that can be told of a SealedSecret without a private key.
 *
 * @param weight whether it keeps the SealedSecret from being opened
 * @param where the field, such as {@code spec.encryptedData.password}
 * @param message what is so, and what to do about it, without a word of any value
 */
public record Finding(Weight weight, String where, String message) {

    /** How much it matters. */
    public enum Weight {
        /** It cannot be opened, or must not stay as it is. */
        ERROR,
        /** It is probably not what was meant. */
        WARNING,
        /** It is as it should be. */
        NOTE
    }

    static Finding error(String where, String message) {
        return new Finding(Weight.ERROR, where, message);
    }

    static Finding warning(String where, String message) {
        return new Finding(Weight.WARNING, where, message);
    }

    static Finding note(String where, String message) {
        return new Finding(Weight.NOTE, where, message);
    }
}
