package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The repositories in a directory, each by the name of its own directory. */
final class Repositories implements AutoCloseable {

    private static final String SUFFIX = ".git";

    private final Path directory;
    private final long maxObjectBytes;
    private final OpenRepositories open;
    private final SecretKeySpec namingKey;
    private final Map<String, BareRepository> byName = new ConcurrentHashMap<>();

    private Repositories(Path directory, long maxObjectBytes, byte[] namingKey) {
        this.directory = directory;
        this.maxObjectBytes = maxObjectBytes;
        this.open = new OpenRepositories(maxObjectBytes);
        this.namingKey = new SecretKeySpec(namingKey, "HmacSHA256");
    }

    static Repositories open(Path directory, long maxObjectBytes) throws IOException {
        Files.createDirectories(directory);
        Repositories repositories = new Repositories(directory, maxObjectBytes, namingKey(directory));
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    repositories.get(name).measure();
                } else if (name.contains(SUFFIX + ".deleted-")) {
                    BareRepository.deleteRecursively(entry);
                }
            }
        }
        return repositories;
    }

    private static byte[] namingKey(Path directory) throws IOException {
        Path file = directory.resolve("naming.key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, key);
        }
        return Files.readAllBytes(file);
    }

    /** Return the name of a remote's repository: keyed, so that a directory listing gives no hash of a password. */
    String nameOf(RemoteKey key) {
        try {
            Mac mac = Mac.getInstance(namingKey.getAlgorithm());
            mac.init(namingKey);
            byte[] name = mac.doFinal(key.hex().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(name, 0, 20) + SUFFIX;
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    BareRepository get(String name) {
        return byName.computeIfAbsent(name, any -> new BareRepository(directory.resolve(name), open, maxObjectBytes));
    }

    void forget(String name) {
        byName.remove(name);
    }

    List<BareRepository> all() {
        return List.copyOf(byName.values());
    }

    long sizeInBytes() {
        return byName.values().stream().mapToLong(BareRepository::sizeInBytes).sum();
    }

    @Override
    public void close() {
        open.close();
    }
}
