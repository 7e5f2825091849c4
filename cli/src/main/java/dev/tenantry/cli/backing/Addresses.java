package dev.tenantry.cli.backing;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * Where the servers are, and how to get in.
 *
 * @param kafka the broker as {@code host:port}
 * @param postgres the database as a JDBC URL
 */
public record Addresses(String kafka, String postgres, String user, String password) {

    private static final String FILE = "addresses.properties";

    /** Read what the servers wrote into their data folder. */
    public static Addresses read(Path data) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve(FILE))) {
            properties.load(reader);
        }
        return new Addresses(properties.getProperty("kafka"), properties.getProperty("postgres"),
                properties.getProperty("user"), properties.getProperty("password"));
    }

    /** Write to a file that only its owner can read, since it holds the password. */
    void write(Path data) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("kafka", kafka);
        properties.setProperty("postgres", postgres);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Path temporary = Files.createTempFile(data, FILE, "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(temporary, StandardOpenOption.TRUNCATE_EXISTING)) {
            properties.store(writer, null);
        }
        Files.move(temporary, data.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "Addresses[kafka=%s, postgres=%s, user=%s]".formatted(kafka, postgres, user);
    }
}
