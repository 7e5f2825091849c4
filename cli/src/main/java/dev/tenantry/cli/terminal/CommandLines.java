package dev.tenantry.cli.terminal;

import java.io.PrintWriter;

import picocli.CommandLine;

/** How commands are run and fail. */
public final class CommandLines {

    private CommandLines() {}

    /** Return a command line that exits with 0 on success, 1 on failure, 2 on wrong usage, and says why on stderr. */
    public static CommandLine of(Object command) {
        // The logger that comes with Quarkus' libraries complains on stderr if another manager is in use already.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        return new CommandLine(command).setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            if (exception instanceof CommandFailure) {
                err.println("tenantry: " + exception.getMessage());
            } else {
                exception.printStackTrace(err);
            }
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Write a line at once, whatever it is written to. */
    public static void println(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }
}
