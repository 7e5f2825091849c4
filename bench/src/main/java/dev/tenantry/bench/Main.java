package dev.tenantry.bench;

import java.util.Locale;

import dev.tenantry.cli.terminal.CommandLines;

/** Run the bench that the arguments name; exit 0 on success, 1 on failure, 2 on wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Numbers are told the same way everywhere.
        Locale.setDefault(Locale.ROOT);
        System.exit(CommandLines.of(new BenchCommand()).execute(args));
    }
}
