package dev.tenantry.bench;

import java.util.Locale;

import dev.tenantry.cli.terminal.CommandLines;

/** Run the bench that the arguments name; exit 0 on success, 1 on failure, 2 on wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // The logger that comes with Quarkus' libraries complains on stderr if another manager is in use already.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // Numbers are told the same way everywhere.
        Locale.setDefault(Locale.ROOT);
        System.exit(CommandLines.of(new BenchCommand()).execute(args));
    }
}
