package dev.tenantry.cli.secrets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.armor.ArmoredEncryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;

/** Encrypts and decrypts texts as the program age does (age-encryption.org/v1), for its X25519 keys. */
final class AgeFile {

    private static final String ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String RECIPIENT = "age1";
    private static final String IDENTITY = "AGE-SECRET-KEY-1";
    private static final int BUFFER_BYTES = 8192;

    private AgeFile() {}

    /**
     * Encrypt a text for all recipients, each of whom can open it alone, as text.
     *
     * @param recipients each an age1… or a file of such lines
     * @throws IOException when one is none
     */
    static String encrypt(String text, List<String> recipients) throws IOException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String recipient : recipients) {
            if (recipient.startsWith(RECIPIENT)) {
                writers.add(writer(recipient, "--to"));
            } else if (recipient.startsWith(IDENTITY)) {
                throw new IOException(
                        "--to has a private key, which encrypts nothing and is better not on a command line:"
                                + " give its public key, age1…");
            } else {
                for (String line : lines(recipient, "a recipient age1… or a file of such")) {
                    writers.add(writer(line, recipient));
                }
            }
        }
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        try (WritableByteChannel channel = new ArmoredEncryptingChannelFactory()
                .newEncryptingChannel(Channels.newChannel(encrypted), writers)) {
            ByteBuffer plain = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (plain.hasRemaining()) {
                channel.write(plain);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has X25519 and ChaCha20", e);
        }
        return encrypted.toString(StandardCharsets.US_ASCII);
    }

    /**
     * Decrypt a file, armoured or not.
     *
     * @param identities a file of private keys, AGE-SECRET-KEY-1…
     * @throws IOException when none of them opens it, or it is damaged
     */
    static String decrypt(Path file, Path identities) throws IOException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String line : lines(identities.toString(), "the file of your age key")) {
            readers.add(reader(line, identities));
        }
        byte[] content = read(file.toString(), "what keys export wrote");
        boolean armored = new String(content, StandardCharsets.US_ASCII).stripLeading().startsWith(ARMOR);
        DecryptingChannelFactory factory = armored
                ? new ArmoredDecryptingChannelFactory()
                : new StandardDecryptingChannelFactory();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (ReadableByteChannel channel = factory
                .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(content)), readers)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                plain.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // What it says of the content is left out.
            throw new IOException(file + " cannot be decrypted with " + identities
                    + ": it is for another key, damaged, or no age file");
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    /** Whatever else was given may be a private key, and is not quoted. */
    private static RecipientStanzaWriter writer(String recipient, String where) throws IOException {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(where + " has what is no recipient of age: give what age-keygen prints as public key,"
                    + " age1…");
        }
    }

    private static RecipientStanzaReader reader(String identity, Path where) throws IOException {
        try {
            if (identity.startsWith(IDENTITY)) {
                return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(where + " holds a damaged age key: give the file that age-keygen wrote");
        }
        throw new IOException(where + " holds a line that is no age key: give the file that age-keygen wrote, of lines "
                + IDENTITY + "…");
    }

    private static List<String> lines(String file, String what) throws IOException {
        List<String> lines = new String(read(file, what), StandardCharsets.UTF_8).lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty: give " + what);
        }
        return lines;
    }

    private static byte[] read(String file, String what) throws IOException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there: give " + what, e);
        }
    }
}
