package dev.tenantry.gitwatcher.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sign what only this installation can have made. All replicas of an installation need the same key. */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;

    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Use a key that was given.
     *
     * @throws IllegalArgumentException when it is too short to be one
     */
    public static SigningKey of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LENGTH) {
            throw new IllegalArgumentException("An installation's key has at least " + LENGTH + " characters");
        }
        return new SigningKey(bytes);
    }

    /** Read the key from a file, which is made on first use, readable by its owner only. */
    public static SigningKey keptIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        return of(Files.readString(file).strip());
    }

    /** Compute the HMAC-SHA-256 of a text, in lower-case hexadecimal digits. */
    String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "key-", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(written, HexFormat.of().formatHex(random));
            // A hard link is made only if the name is free: of two processes that start together one key wins.
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException e) {
            // The other process's key is read.
        } catch (UnsupportedOperationException e) {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
