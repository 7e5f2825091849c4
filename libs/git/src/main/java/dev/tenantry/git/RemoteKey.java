package dev.tenantry.git;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Tell which sources may share a repository and a fetch: those with equal URL, credentials, certificates and proxy, so
 * that nobody reads by another's rights.
 *
 * @param hex SHA-256 over all of a remote; not for storing, since a weak password could be guessed from it
 */
public record RemoteKey(String hex) {

    static RemoteKey of(Remote remote) {
        MessageDigest digest = sha256();
        add(digest, remote.url().toString());
        switch (remote.credentials()) {
            case Credentials.None none -> add(digest, "none");
            case Credentials.Basic basic -> {
                add(digest, "basic");
                add(digest, basic.username());
                add(digest, basic.password());
            }
            case Credentials.Bearer bearer -> {
                add(digest, "bearer");
                add(digest, bearer.token());
            }
        }
        add(digest, remote.caBundle());
        ClientCertificate certificate = remote.clientCertificate();
        add(digest, certificate == null ? null : certificate.certificateChain());
        add(digest, certificate == null ? null : certificate.privateKey());
        ProxyServer proxy = remote.proxy();
        add(digest, proxy == null ? null : proxy.address().toString());
        add(digest, proxy == null ? null : proxy.username());
        add(digest, proxy == null ? null : proxy.password());
        return new RemoteKey(HexFormat.of().formatHex(digest.digest()));
    }

    /** Add a field with its length, so that no two different remotes give the same input. */
    private static void add(MessageDigest digest, @Nullable String field) {
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(field == null ? -1 : bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    @Override
    public String toString() {
        return hex.substring(0, 8);
    }
}
