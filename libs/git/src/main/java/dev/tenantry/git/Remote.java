package dev.tenantry.git;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * Say where a repository is and how to reach it.
 *
 * @param url {@code https://} or {@code http://}, without user information
 * @param credentials what identifies us
 * @param caBundle PEM certificates that are trusted instead of the system's; null for the system's
 * @param clientCertificate for mutual TLS, or null
 * @param proxy the proxy to go through, or null for none
 */
public record Remote(URI url, Credentials credentials, @Nullable String caBundle,
        @Nullable ClientCertificate clientCertificate, @Nullable ProxyServer proxy) {

    public Remote {
        boolean supported = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!supported || url.getHost() == null) {
            throw new IllegalArgumentException("A repository's URL is https:// (or http://) with a host");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("Credentials belong into a secret, not into the URL");
        }
    }

    /**
     * Return a remote without credentials, certificates and proxy.
     *
     * @throws IllegalArgumentException with a message for the source's status, if the text is no URL of a repository
     */
    public static Remote of(String url) {
        try {
            return new Remote(new URI(url), Credentials.none(), null, null, null);
        } catch (URISyntaxException noUrl) {
            throw new IllegalArgumentException("Not a URL: " + noUrl.getReason(), noUrl);
        }
    }

    public Remote withCredentials(Credentials other) {
        return new Remote(url, other, caBundle, clientCertificate, proxy);
    }

    public Remote withCaBundle(String pem) {
        return new Remote(url, credentials, pem, clientCertificate, proxy);
    }

    public Remote withClientCertificate(ClientCertificate other) {
        return new Remote(url, credentials, caBundle, other, proxy);
    }

    public Remote withProxy(ProxyServer other) {
        return new Remote(url, credentials, caBundle, clientCertificate, other);
    }

    /** Return what two remotes must have in common to share a repository. */
    public RemoteKey key() {
        return RemoteKey.of(this);
    }
}
