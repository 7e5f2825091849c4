package dev.tenantry.cli;

import dev.tenantry.cli.build.BuildCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Run the command that the arguments name; exit 0 on success, 1 on failure, 2 on wrong usage. */
@Command(name = "tenantry", description = "GitOps for a cluster of many teams.", synopsisSubcommandLabel = "COMMAND", subcommands = {
        BuildCommand.class, HelpCommand.class,
})
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
