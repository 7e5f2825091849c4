package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.files.WholeFile;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.PemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Write all keys of a cluster to a file that only the holder of an age key can read. */
@Command(name = "export", description = "Write all keys to a file that only the holder of an age key can read.", footer = {
        "",
        "With --out, each key that is in the file is then marked as exported in the cluster;",
        "what is printed marks none. The file is a List of Secrets in YAML, encrypted by age,",
        "so that this brings the keys back without Tenantry:",
        "  age -d -i KEY FILE | kubectl create -f -",
        "By create, not apply, which overwrites a Secret of the same name, and with it a key."})
final class KeysExportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--to", paramLabel = "age1…|FILE", required = true, description = "Who can read it: public keys of age, or files of such; may be repeated.")
    private List<String> recipients = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "The file, readable to you alone; by default it is printed, and no key is marked.")
    private @Nullable Path out;

    @Mixin
    private KeysPlace place = new KeysPlace();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public Integer call() {
        try (KeySecrets secrets = place.connect()) {
            export(secrets);
            return 0;
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    private void export(KeySecrets secrets) throws IOException {
        Map<KeySecret, Fingerprint> keys = new LinkedHashMap<>();
        for (KeySecret secret : secrets.list(place.namespace())) {
            try {
                keys.put(secret, secret.key().fingerprint());
            } catch (PemException e) {
                say("leaving out Secret " + secret.object().ref().namespacedName() + ", which holds no key: "
                        + e.getMessage());
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(
                    "Namespace " + place.namespace() + " holds no key: say by --namespace where they are");
        }
        String encrypted = AgeFile.encrypt(list(keys.keySet()), recipients);
        if (out == null) {
            print(encrypted, keys);
        } else {
            write(out, encrypted, keys, secrets);
        }
    }

    /** Nothing is noted as exported before it is written for good. */
    private void write(Path file, String encrypted, Map<KeySecret, Fingerprint> keys, KeySecrets secrets)
            throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is there and is no file that could keep keys: name another by --out");
        }
        WholeFile.writePrivate(file, encrypted);
        for (Map.Entry<KeySecret, Fingerprint> key : keys.entrySet()) {
            secrets.noteExport(key.getKey(), key.getValue());
            say("exported " + name(key));
        }
    }

    /** Nothing is noted as exported: a terminal or a pipe may have kept none of it. */
    private void print(String encrypted, Map<KeySecret, Fingerprint> keys) throws IOException {
        PrintWriter stdout = commandLine().getOut();
        stdout.print(encrypted);
        stdout.flush();
        if (stdout.checkError()) {
            throw new IOException("The keys could not be printed: give --out FILE");
        }
        keys.entrySet().forEach(key -> say("printed " + name(key)));
        say("none is marked as exported, since nobody knows whether what was printed is kept: to mark them, export"
                + " with --out FILE");
    }

    private static String name(Map.Entry<KeySecret, Fingerprint> key) {
        return key.getKey().object().name() + " " + key.getValue();
    }

    private static String list(Iterable<KeySecret> keys) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        keys.forEach(key -> items.add(key.forBackup().json()));
        return Format.YAML.write(list);
    }

    private void say(String line) {
        commandLine().getErr().println("keys: " + line);
        commandLine().getErr().flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
