package dev.tenantry.testkit.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.tenantry.testkit.TemporaryFolder;

/**
 * A certificate authority with a certificate for a server on this machine and one for a client, made with the JDK's
 * keytool and valid for a day.
 */
public final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String CA = "ca";
    private static final String SERVER = "server";
    private static final String CLIENT = "client";

    private final KeyStore store;

    private TestCertificates(KeyStore store) {
        this.store = store;
    }

    /** Make a new authority; takes some seconds. */
    public static TestCertificates create() {
        try (TemporaryFolder folder = TemporaryFolder.create("certificates")) {
            Path file = folder.path().resolve("store.p12");
            keytool(file, CA, "-dname", "CN=Test CA", "-ext", "bc:c=ca:true");
            keytool(file, SERVER, "-dname", "CN=localhost", "-signer", CA, "-ext", "san=dns:localhost,ip:127.0.0.1");
            keytool(file, CLIENT, "-dname", "CN=test client", "-signer", CA, "-ext", "eku=clientAuth");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new TestCertificates(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String alias, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass",
                        new String(PASSWORD),
                        "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for keytool", e);
        }
    }

    /** Return the authority's certificate as PEM, what clients have to trust. */
    public String caPem() {
        return pem(CA);
    }

    /** Return the client's certificate as PEM. */
    public String clientCertificatePem() {
        return pem(CLIENT);
    }

    /** Return the client's private key as PEM (PKCS#8). */
    public String clientKeyPem() {
        try {
            Key key = store.getKey(CLIENT, PASSWORD);
            return pem("PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String pem(String alias) {
        try {
            Certificate certificate = store.getCertificate(alias);
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    /** Return a context that presents the server's certificate and trusts this authority's clients. */
    public SSLContext serverContext() {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, PASSWORD);
            own.setKeyEntry(SERVER, store.getKey(SERVER, PASSWORD), PASSWORD, store.getCertificateChain(SERVER));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry(CA, store.getCertificate(CA));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
