package dev.tenantry.secretsservice.sealing;

/** Tell what is wrong with the form of an encrypted value, such as "is not base64". */
final class MalformedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedValueException(String message) {
        super(message);
    }
}
