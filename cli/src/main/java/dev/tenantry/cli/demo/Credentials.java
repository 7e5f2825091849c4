package dev.tenantry.cli.demo;

import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.secrets.CertificateSource;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Seals the shop's credentials, as the team would before a commit. */
final class Credentials {

    static final String NAME = "credentials";
    /** The key of the only value. */
    static final String KEY = "number";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Sealer sealer;

    private Credentials(Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * What lies in git.
     *
     * @param yaml the SealedSecret
     * @param value the sealed value, other at each sealing
     */
    record Sealed(String yaml, String value) {}

    /**
     * Fetch the certificate to seal with; the first key of a new cluster takes some seconds to make.
     *
     * @throws CommandFailure if there is none after a minute
     */
    static Credentials by(String http) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                var certificate = CertificateSource.read(http + "/v1/cert.pem");
                return new Credentials(new Sealer((RSAPublicKey) certificate.getPublicKey()));
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure("waited %d s in vain for a certificate: %s".formatted(
                            LIMIT.toSeconds(), e.getMessage()), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Seal a number for a namespace. */
    Sealed seal(String namespace, int number) {
        ObjectNode plain = Manifest.skeleton("v1", "Secret", new NamespacedName(namespace, NAME));
        plain.putObject("stringData").put(KEY, String.valueOf(number));
        ObjectNode sealed = sealer.seal(Manifest.of(plain), Scope.STRICT).json();
        return new Sealed(Serialization.asYaml(sealed), sealed.at("/spec/encryptedData/" + KEY).asText());
    }
}
