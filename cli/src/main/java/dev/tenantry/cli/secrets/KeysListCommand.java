package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.key.SealingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** List the keys of a cluster. */
@Command(name = "list", description = "List the keys of a cluster, by the names of their Secrets.")
final class KeysListCommand implements Callable<Integer> {

    private static final String ROW = "%-32s %-50s %-20s %-6s %-8s %s";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeysPlace place = new KeysPlace();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        try (KeySecrets secrets = place.connect()) {
            out.println(ROW.formatted("NAME", "FINGERPRINT", "FROM", "ACTIVE", "EXPORTED", "LIMITED TO"));
            secrets.list(place.namespace()).forEach(secret -> out.println(row(secret)));
            out.flush();
            return 0;
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    private static String row(KeySecret secret) {
        String name = secret.object().name();
        try {
            SealingKey key = secret.key();
            return ROW.formatted(name, key.fingerprint(), key.orderedAt(), word(secret.isActive()),
                    word(secret.isExported(key.fingerprint())),
                    key.isLimited() ? String.join(",", new TreeSet<>(key.namespaces())) : "").stripTrailing();
        } catch (PemException e) {
            return name + " holds no key: " + e.getMessage();
        }
    }

    private static String word(boolean is) {
        return is ? "yes" : "no";
    }
}
