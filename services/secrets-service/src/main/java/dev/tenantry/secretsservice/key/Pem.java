package dev.tenantry.secretsservice.key;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Read and write certificates and private keys as PEM (RFC 7468). */
public final class Pem {

    private Pem() {}

    /**
     * Read the first certificate of a text, which must have an RSA key.
     *
     * @throws PemException when there is none
     */
    public static X509Certificate certificate(byte[] text) throws PemException {
        X509Certificate certificate = null;
        try (PEMParser parser = new PEMParser(new StringReader(new String(text, StandardCharsets.US_ASCII)))) {
            for (Object object = parser.readObject(); object != null && certificate == null; object = parser
                    .readObject()) {
                if (object instanceof X509CertificateHolder holder) {
                    certificate = Certificates.of(holder);
                }
            }
        } catch (IOException | CertificateException | RuntimeException e) {
            // The parser's own words may quote the text, which may be a key given in place of a certificate.
            throw new PemException("the PEM certificate is damaged");
        }
        if (certificate == null || !(certificate.getPublicKey() instanceof RSAPublicKey)) {
            throw new PemException("there is no certificate with an RSA key");
        }
        return certificate;
    }

    /**
     * Read all RSA private keys of a text, in PKCS #1 or PKCS #8.
     *
     * @throws PemException when there is none, or another kind of key
     */
    public static List<RSAPrivateKey> privateKeys(byte[] text) throws PemException {
        List<RSAPrivateKey> keys = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(new String(text, StandardCharsets.US_ASCII)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PEMKeyPair pair) {
                    keys.add(rsa(pair.getPrivateKeyInfo()));
                } else if (object instanceof PrivateKeyInfo key) {
                    keys.add(rsa(key));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The parser's own words may quote the key.
            throw new PemException("the PEM private key is damaged");
        }
        if (keys.isEmpty()) {
            throw new PemException("there is no PEM private key");
        }
        return keys;
    }

    /**
     * Read a certificate and its private key.
     *
     * @throws PemException when one is missing or they do not belong together
     */
    public static KeyPair pair(byte[] certificate, byte[] privateKey) throws PemException {
        X509Certificate open = certificate(certificate);
        RSAPrivateKey secret = privateKeys(privateKey).get(0);
        if (!((RSAPublicKey) open.getPublicKey()).getModulus().equals(secret.getModulus())) {
            throw new PemException("the private key is not that of the certificate");
        }
        return new KeyPair(open, secret);
    }

    /** Write a certificate, or a private key in PKCS #1 as the original controller does. */
    public static String write(Object certificateOrKey) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificateOrKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static RSAPrivateKey rsa(PrivateKeyInfo key) throws PemException, IOException {
        try {
            PrivateKey read = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
            return (RSAPrivateKey) read;
        } catch (GeneralSecurityException e) {
            throw new PemException("the private key is not RSA");
        }
    }
}
