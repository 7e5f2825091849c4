package dev.tenantry.secretsservice.key;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A certificate to seal with, and the private key that opens.
 *
 * @param certificate carries the public key; nothing else of it is trusted
 * @param privateKey never printed
 */
public record KeyPair(X509Certificate certificate, RSAPrivateKey privateKey) {

    public KeyPair {
        if (!(certificate.getPublicKey() instanceof RSAPublicKey open)) {
            throw new IllegalArgumentException("The certificate's key is not RSA");
        }
        if (!open.getModulus().equals(privateKey.getModulus())) {
            throw new IllegalArgumentException("The private key is not that of the certificate");
        }
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) certificate.getPublicKey();
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(publicKey());
    }

    /** Print the fingerprint alone. */
    @Override
    public String toString() {
        return "KeyPair[" + fingerprint() + "]";
    }
}
