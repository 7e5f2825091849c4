package dev.tenantry.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/** Keep the TLS contexts of the certificates in use, since making one costs more than a poll. */
final class TlsContexts {

    private static final int MOST = 64;
    private static final char[] NO_PASSWORD = {};

    private final Map<Certificates, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Certificates, SSLContext> eldest) {
            return size() > MOST;
        }
    };

    private record Certificates(@Nullable String caBundle, @Nullable ClientCertificate own) {}

    /**
     * Return the context for a CA bundle and a client certificate.
     *
     * @throws SSLException with a message for the source's status, if they cannot be read
     */
    synchronized SSLContext of(@Nullable String caBundle, @Nullable ClientCertificate own) throws SSLException {
        Certificates certificates = new Certificates(caBundle, own);
        SSLContext known = contexts.get(certificates);
        if (known != null) {
            return known;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keyManagers(own), caBundle == null ? null : trustManagers(caBundle),
                    null);
            contexts.put(certificates, context);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new SSLException("The certificates of the source cannot be used: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static TrustManager[] trustManagers(String caBundle) throws GeneralSecurityException, IOException {
        KeyStore trusted = emptyStore();
        int count = 0;
        for (Certificate certificate : certificates(caBundle)) {
            trusted.setCertificateEntry("ca-" + count++, certificate);
        }
        if (count == 0) {
            throw new GeneralSecurityException("the CA bundle has no certificate");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keyManagers(ClientCertificate own) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        Certificate[] chain = certificates(own.certificateChain()).toArray(Certificate[]::new);
        store.setKeyEntry("client", PrivateKeys.read(own.privateKey()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
