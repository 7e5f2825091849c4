package dev.tenantry.secretsservice.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes RSA keys with self-signed certificates like those of the original controller.
 *
 * @param bits the size of the modulus
 * @param validity how long a certificate is good for sealing; its key opens for ever
 * @param commonName the subject's name, may be empty
 */
public record KeyGenerator(int bits, Duration validity, String commonName) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 128;

    /** Make a key pair; with 4096 bits it takes seconds of a processor. */
    public KeyPair generate(Clock clock) {
        try {
            KeyPairGenerator generator = Rsa.generator();
            generator.initialize(bits);
            java.security.KeyPair pair = generator.generateKeyPair();
            Instant now = clock.instant();
            return certified((RSAPublicKey) pair.getPublic(), (RSAPrivateKey) pair.getPrivate(), now,
                    now.plus(validity), commonName);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform can make RSA keys", e);
        }
    }

    /**
     * Complete a private key whose certificate is lost, which is enough to open what was sealed with it.
     *
     * <p>The certificate is one that has expired long ago, so that nobody seals with it, and the key is older than any other.
     */
    public static KeyPair complete(RSAPrivateCrtKey key) {
        try {
            RSAPublicKey open = (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return certified(open, key, Instant.EPOCH, Instant.EPOCH, "");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA keys", e);
        }
    }

    private static KeyPair certified(RSAPublicKey open, RSAPrivateKey secret, Instant from, Instant until,
            String commonName) {
        try {
            X500Name name = commonName.isEmpty()
                    ? new X500Name("")
                    : new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
            X509CertificateHolder signed = new JcaX509v3CertificateBuilder(name, new BigInteger(SERIAL_BITS, RANDOM),
                    Date.from(from), Date.from(until), name, open)
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.encipherOnly))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(secret));
            return new KeyPair(Certificates.of(signed), secret);
        } catch (GeneralSecurityException | CertIOException | OperatorException e) {
            throw new IllegalStateException("Every Java platform can sign with RSA keys", e);
        }
    }
}
