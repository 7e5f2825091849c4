package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Name the repositories of remotes by a keyed hash, so that a listing of the directory gives no hash of a password. */
final class RepositoryNames {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private RepositoryNames(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Read the key, or make one that only we can read. */
    static RepositoryNames open(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "key", ".draft",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, key);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new RepositoryNames(Files.readAllBytes(file));
    }

    String of(RemoteKey remote) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] name = mac.doFinal(remote.hex().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(name, 0, 20) + Repositories.SUFFIX;
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
