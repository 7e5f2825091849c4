package dev.tenantry.git;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reach a git server through a proxy.
 *
 * @param address {@code http://}, {@code https://} or {@code socks5://} with host and port
 * @param username null if the proxy wants none
 * @param password null if the proxy wants none
 */
public record ProxyServer(URI address, @Nullable String username, @Nullable String password) {

    private static final Set<String> SCHEMES = Set.of("http", "https", "socks5");

    public ProxyServer {
        if (address.getScheme() == null || !SCHEMES.contains(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("A proxy's address is http://, https:// or socks5:// with a host");
        }
        if (address.getScheme().equals("socks5") && username != null) {
            // The JDK's sockets take such credentials only from one place for the whole process, for every tenant.
            throw new IllegalArgumentException("A SOCKS5 proxy cannot be used with credentials");
        }
    }

    /** Return the port, or the scheme's own where the address has none. */
    public int port() {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return switch (address.getScheme()) {
            case "https" -> 443;
            case "socks5" -> 1080;
            default -> 80;
        };
    }

    @Override
    public String toString() {
        return "ProxyServer[" + address.getScheme() + "://" + address.getHost() + ":" + port() + "]";
    }
}
