package dev.tenantry.reconciler.messaging;

/** Make the connector put a record into the dead-letter topic; the message becomes the reason there. */
final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String reason) {
        super(reason);
    }
}
