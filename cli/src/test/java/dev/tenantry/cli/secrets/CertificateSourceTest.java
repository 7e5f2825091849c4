package dev.tenantry.cli.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;

class CertificateSourceTest {

    private static KeyPair pair;

    @TempDir
    private Path temp;
    private HttpServer server;
    private String address;

    @BeforeAll
    static void aPair() {
        pair = TestKeyFiles.pair();
    }

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] certificate = Pem.write(pair.certificate()).getBytes(US_ASCII);
        server.createContext("/v1/cert.pem", exchange -> {
            exchange.sendResponseHeaders(200, certificate.length);
            exchange.getResponseBody().write(certificate);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itIsFetchedWhereAServiceOffersIt() throws Exception {
        assertThat(CertificateSource.read(address + "/v1/cert.pem")).isEqualTo(pair.certificate());
    }

    @Test
    void itIsReadFromAFileByNameOrByUrl() throws Exception {
        Path file = TestKeyFiles.write(pair, temp, "a");

        assertThat(CertificateSource.read(file.toString())).isEqualTo(pair.certificate());
        assertThat(CertificateSource.read(file.toUri().toString())).isEqualTo(pair.certificate());
    }

    @Test
    void whereThereIsNoneItSaysWhatToDo() throws IOException {
        Path key = Files.writeString(temp.resolve("a.key"), Pem.write(pair.privateKey()));

        assertThatThrownBy(() -> CertificateSource.read(address + "/other")).isInstanceOf(IOException.class)
                .hasMessage(address + "/other answers with status 404: check the address");
        assertThatThrownBy(() -> CertificateSource.read(temp.resolve("missing").toString()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("name a file or a URL");
        assertThatThrownBy(() -> CertificateSource.read(key.toString())).isInstanceOf(IOException.class)
                .hasMessageContainingAll("there is no certificate with an RSA key", "kubeseal --fetch-cert");
        server.stop(0);
        assertThatThrownBy(() -> CertificateSource.read(address)).isInstanceOf(IOException.class)
                .hasMessage(address + " does not answer: check the address");
        assertThatThrownBy(() -> CertificateSource.read("http://[")).isInstanceOf(IOException.class);
    }
}
