package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;

/** Keys as files, small enough to be made for each class. */
final class TestKeyFiles {

    private static final int BITS = 2048;
    private static final Duration YEAR = Duration.ofDays(365);

    private TestKeyFiles() {}

    static KeyPair pair() {
        return new KeyGenerator(BITS, YEAR, "").generate(Clock.systemUTC());
    }

    static KeyPair expired() {
        return new KeyGenerator(BITS, YEAR, "")
                .generate(Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC));
    }

    /** Write a pair into a folder, and give the file of the certificate. */
    static Path write(KeyPair pair, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".key"), Pem.write(pair.privateKey()));
        return Files.writeString(folder.resolve(name + ".crt"), Pem.write(pair.certificate()));
    }
}
