package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.PemException;

/** Certificates to seal with, from files or from where a service offers them. */
public final class CertificateSource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private CertificateSource() {}

    /**
     * Read a certificate.
     *
     * @param from a file, or a URL of http, https or file
     * @throws IOException when there is none; the message says what to do
     */
    public static X509Certificate read(String from) throws IOException, InterruptedException {
        try {
            return Pem.certificate(bytes(from));
        } catch (PemException e) {
            throw new IOException(
                    from + ": " + e.getMessage() + ": fetch it from /v1/cert.pem of secrets-service, or by"
                            + " kubeseal --fetch-cert",
                    e);
        }
    }

    /**
     * Read a certificate that new values may still be sealed with.
     *
     * @throws IOException also when it has expired
     */
    static X509Certificate readValid(String from, Instant now) throws IOException, InterruptedException {
        X509Certificate certificate = read(from);
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new IOException(from + ": the certificate has expired at " + end + ": fetch the current one from"
                    + " /v1/cert.pem of secrets-service, or by kubeseal --fetch-cert");
        }
        return certificate;
    }

    private static byte[] bytes(String from) throws IOException, InterruptedException {
        if (from.startsWith("http://") || from.startsWith("https://")) {
            return fetch(from);
        }
        try {
            return Files.readAllBytes(from.startsWith("file:") ? Path.of(URI.create(from)) : Path.of(from));
        } catch (NoSuchFileException e) {
            throw new IOException("There is no certificate " + from + ": name a file or a URL", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(from + " names no file: " + e.getMessage(), e);
        }
    }

    private static byte[] fetch(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw new IOException(url + " answers with status " + answer.statusCode() + ": check the address");
            }
            return answer.body();
        } catch (ConnectException | HttpTimeoutException e) {
            throw new IOException(url + " does not answer: check the address", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is no URL: " + e.getMessage(), e);
        }
    }
}
