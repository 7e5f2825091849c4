package dev.tenantry.cli.secrets;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keep the keys that open SealedSecrets outside the cluster, and bring them back. */
@Command(name = "keys", description = "Keep the keys that open SealedSecrets outside the cluster, and bring them back.", synopsisSubcommandLabel = "export|import|list", subcommands = {
        KeysExportCommand.class, KeysImportCommand.class, KeysListCommand.class})
public final class KeysCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec, "picocli sets it").commandLine(),
                "Say what to do with the keys: export, import or list.");
    }
}
