package dev.tenantry.git;

import java.io.IOException;

/** Something exceeds a limit of the store; the message says what and which. */
public final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public TooLargeException(String message) {
        super(message);
    }
}
