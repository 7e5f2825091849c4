package dev.tenantry.secretsservice.key;

import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Reads certificates that name nobody, as the original controller's do; Java's own reader refuses them. */
final class Certificates {

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private Certificates() {}

    static X509Certificate of(X509CertificateHolder holder) throws CertificateException {
        return new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(holder);
    }
}
