package dev.tenantry.gitwatcher.messaging;

/** Report a record that is no event, so that it goes to the dead-letter topic with the reason. */
final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String reason) {
        super(reason);
    }
}
