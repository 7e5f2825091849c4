package dev.tenantry.cli;

import dev.tenantry.cli.build.BuildCommand;
import dev.tenantry.cli.demo.DemoCommand;
import dev.tenantry.cli.secrets.KeysCommand;
import dev.tenantry.cli.secrets.SealCommand;
import dev.tenantry.cli.secrets.UnsealCommand;
import dev.tenantry.cli.terminal.CommandLines;
import dev.tenantry.cli.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Run the command that the arguments name; exit 0 on success, 1 on failure, 2 on wrong usage. */
@Command(name = "tenantry", description = "GitOps for a cluster of many teams.", synopsisSubcommandLabel = "COMMAND", subcommands = {
        UpCommand.class, DemoCommand.class, BuildCommand.class, SealCommand.class, UnsealCommand.class,
        KeysCommand.class, HelpCommand.class,
})
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return CommandLines.of(new Main());
    }
}
