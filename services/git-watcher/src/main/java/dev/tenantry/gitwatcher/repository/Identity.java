package dev.tenantry.gitwatcher.repository;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.tenantry.git.ClientCertificate;
import dev.tenantry.git.Credentials;
import dev.tenantry.git.Remote;

/** Read from a Secret who we are to a git server, by the keys that Flux defines. */
final class Identity {

    private final Map<String, byte[]> entries;

    private Identity(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /**
     * Give the remote the Secret's credentials, CA and client certificate.
     *
     * @throws IllegalArgumentException with a message that names the missing key and shows no value
     */
    static Remote apply(Remote remote, Map<String, byte[]> entries) {
        Identity identity = new Identity(entries);
        Remote result = remote.withCredentials(identity.credentials());
        Optional<String> authorities = identity.entry("ca.crt").or(() -> identity.entry("caFile"));
        if (authorities.isPresent()) {
            result = result.withCaBundle(authorities.get());
        }
        ClientCertificate certificate = identity.clientCertificate();
        return certificate == null ? result : result.withClientCertificate(certificate);
    }

    private Credentials credentials() {
        Optional<String> token = entry("bearerToken");
        Optional<String> username = entry("username");
        Optional<String> password = entry("password");
        if (token.isPresent()) {
            if (username.isPresent() || password.isPresent()) {
                throw new IllegalArgumentException("'bearerToken' cannot be combined with 'username' and 'password'");
            }
            // Tokens are often written by `echo`, and no header may have a line break.
            return new Credentials.Bearer(token.get().strip());
        }
        if (username.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("'username' and 'password' are only valid together");
        }
        return username.isPresent() ? new Credentials.Basic(username.get(), password.orElse("")) : Credentials.none();
    }

    private @Nullable ClientCertificate clientCertificate() {
        Optional<String> certificate = entry("tls.crt").or(() -> entry("certFile"));
        Optional<String> key = entry("tls.key").or(() -> entry("keyFile"));
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("'tls.crt' and 'tls.key' are only valid together");
        }
        return certificate.isPresent() ? new ClientCertificate(certificate.get(), key.orElseThrow()) : null;
    }

    private Optional<String> entry(String key) {
        byte[] value = entries.get(key);
        return value == null || value.length == 0
                ? Optional.empty()
                : Optional.of(new String(value, StandardCharsets.UTF_8));
    }
}
