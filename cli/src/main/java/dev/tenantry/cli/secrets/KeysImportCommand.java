package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.Markers;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.PemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bring exported keys into a cluster. */
@Command(name = "import", description = "Bring exported keys into a cluster; what is there stays as it is.", footer = {
        "",
        "Before anything is written, all is looked at: if a Secret is there that has the",
        "name of a key and holds something else, nothing is imported."})
final class KeysImportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--identity", paramLabel = "FILE", required = true, description = "The private key of age, as age-keygen wrote it.")
    private @Nullable Path identity;

    @Mixin
    private KeysPlace place = new KeysPlace();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Parameters(paramLabel = "FILE", description = "What keys export wrote.")
    private @Nullable Path file;

    /** A key of the file, for the namespace that it goes to. */
    private record Import(KeySecret secret, Fingerprint fingerprint) {

        String name() {
            return secret.object().name() + " " + fingerprint;
        }
    }

    @Override
    public Integer call() {
        try (KeySecrets secrets = place.connect()) {
            bring(imports(), secrets);
            return 0;
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    private List<Import> imports() throws IOException {
        Path from = Objects.requireNonNull(file, "picocli demands it");
        String plain = AgeFile.decrypt(from, Objects.requireNonNull(identity, "picocli demands it"));
        List<Import> imports = new ArrayList<>();
        for (Manifest object : ObjectFile.parse(from.toString(), plain).objects()) {
            KeySecret secret = new KeySecret(object.withNamespace(place.namespace()));
            if (!KeySecret.holdsKey(object)) {
                throw new IOException(from + ": " + object.kind() + " " + object.name()
                        + " is no Secret with a key: give what keys export wrote");
            }
            try {
                imports.add(new Import(secret, secret.key().fingerprint()));
            } catch (PemException e) {
                throw new IOException(from + ": Secret " + object.name() + ": " + e.getMessage()
                        + ": nothing was imported", e);
            }
        }
        return imports;
    }

    private void bring(List<Import> imports, KeySecrets secrets) throws IOException {
        List<Import> missing = new ArrayList<>();
        for (Import one : imports) {
            Optional<KeySecret> there = secrets.find(place.namespace(), one.secret().object().name());
            if (there.isEmpty()) {
                missing.add(one);
            } else if (!there.get().holdsSameAs(one.secret())) {
                throw new IOException("Secret " + one.secret().object().ref().namespacedName()
                        + " is there and holds something else than the key " + one.fingerprint()
                        + ": nothing was imported; copy that Secret under another name, delete it, and import again");
            }
        }
        if (secrets.ensureNamespace(place.namespace())) {
            say("created namespace " + place.namespace());
        }
        for (Import one : missing) {
            // This file is an export of it.
            secrets.create(one.secret()
                    .forBackup()
                    .withAnnotations(Map.of(Markers.EXPORTED, one.fingerprint().text())));
            say("imported " + one.name());
        }
        imports.stream().filter(one -> !missing.contains(one)).forEach(one -> say("was there " + one.name()));
    }

    private void say(String line) {
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        out.println("keys: " + line);
        out.flush();
    }
}
