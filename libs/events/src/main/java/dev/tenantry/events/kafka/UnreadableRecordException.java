package dev.tenantry.events.kafka;

/** Make the connector put a record into the dead-letter topic; the message becomes the reason there. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String reason) {
        super(reason);
    }
}
