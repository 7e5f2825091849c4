package dev.tenantry.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A failure that the person at the terminal can act on: its message says what, where, and what to do. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Tell of what could not be read or written. */
    public static CommandFailure of(IOException cause) {
        return new CommandFailure(text(cause), cause);
    }

    /** Say in a line what could not be read or written; where the file system says only which file, also what of it. */
    public static String text(IOException cause) {
        return switch (cause) {
            case NoSuchFileException file -> file.getFile() + " is not there: name another";
            case AccessDeniedException file -> file.getFile() + " may not be read or written: see its permissions";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }
}
