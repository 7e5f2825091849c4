package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.key.SealingKey;

/**
 * The private keys in a folder: pairs of PEM files, {@code NAME.crt} and {@code NAME.key}, and backups of the Secrets that
 * hold keys in a cluster, in YAML or JSON.
 */
final class KeyFolder {

    private static final String KEY = ".key";
    private static final String CERTIFICATE = ".crt";

    private KeyFolder() {}

    /**
     * Read all keys.
     *
     * @throws IOException also when there is none, or one is damaged; the message names the file and says nothing of a key
     */
    static KeyRing read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder: name the one that holds the keys, as NAME.crt and NAME.key");
        }
        List<SealingKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(KEY)) {
                    keys.addAll(
                            pem(file, folder.resolve(name.substring(0, name.length() - KEY.length()) + CERTIFICATE)));
                } else if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
                    keys.addAll(backup(file));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(folder + " holds no key: put NAME.crt and NAME.key there, or a backup of the keys'"
                    + " Secrets in YAML");
        }
        return KeyRing.of(keys);
    }

    private static List<SealingKey> pem(Path key, Path certificate) throws IOException {
        NamespacedName name = new NamespacedName("", key.getFileName().toString());
        try {
            if (Files.exists(certificate)) {
                return List.of(SealingKey.of(name,
                        Pem.pair(Files.readAllBytes(certificate), Files.readAllBytes(key))));
            }
            List<SealingKey> keys = new ArrayList<>();
            for (RSAPrivateKey each : Pem.privateKeys(Files.readAllBytes(key))) {
                keys.add(SealingKey.of(name, completed(each)));
            }
            return keys;
        } catch (PemException e) {
            throw new IOException(key + (Files.exists(certificate) ? " and " + certificate : "") + ": " + e.getMessage()
                    + ": replace it by the right one, or take it out of the folder", e);
        }
    }

    private static KeyPair completed(RSAPrivateKey key) throws IOException {
        if (key instanceof RSAPrivateCrtKey complete) {
            return KeyGenerator.complete(complete);
        }
        throw new IOException("a private key has no public exponent: put its certificate beside it");
    }

    private static List<SealingKey> backup(Path file) throws IOException {
        List<SealingKey> keys = new ArrayList<>();
        for (Manifest object : ObjectFile.read(file).objects()) {
            Optional<KeySecret> key = Optional.of(object).filter(KeySecret::holdsKey).map(KeySecret::new);
            if (key.isPresent()) {
                try {
                    keys.add(key.get().key());
                } catch (PemException e) {
                    throw new IOException(file + ": Secret " + object.name() + ": " + e.getMessage()
                            + ": take it out of the file", e);
                }
            }
        }
        return keys;
    }
}
