package dev.tenantry.cli.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;

import dev.tenantry.cli.terminal.CommandFailure;

/** Where the services answer over HTTP. */
public record HttpAddress(String host, int port) {

    public HttpAddress {
        if (host.isBlank() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("'%s:%d' is no HOST:PORT".formatted(host, port));
        }
    }

    /** Read {@code HOST:PORT}; an IPv6 address is in brackets. */
    public static HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new HttpAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no HOST:PORT", e);
        }
    }

    URI uri() {
        return URI.create("http://" + host + ":" + port);
    }

    /** Return where this machine itself finds it: an address that stands for all interfaces is no destination. */
    URI localUri() {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("[::]");
        return everywhere ? URI.create("http://127.0.0.1:" + port) : uri();
    }

    /**
     * Return the address with a port that is free; port 0 stands for any.
     *
     * @throws CommandFailure if the port is taken
     */
    HttpAddress claim() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(bare()))) {
            return new HttpAddress(host, socket.getLocalPort());
        } catch (BindException e) {
            throw new CommandFailure("%s:%d is taken or not of this machine; choose another with --http HOST:PORT"
                    .formatted(host, port), e);
        } catch (UnknownHostException e) {
            throw new CommandFailure("host %s is not known; choose another with --http HOST:PORT".formatted(host), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tell whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(bare()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Return the host as a server's setting takes it, without the brackets of IPv6. */
    String bare() {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
