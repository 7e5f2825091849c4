package dev.tenantry.secretsservice.key;

/** Tell that a text is no key pair, without a word of it. */
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    public PemException(String message) {
        super(message);
    }
}
