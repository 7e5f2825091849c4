package dev.tenantry.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

import javax.net.ssl.SSLContext;

import org.apache.http.HttpHost;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Make the sockets of an exchange: each is closed at its deadline and connects only where the policy permits. */
final class CheckedSockets {

    private final AddressPolicy addresses;
    private final Deadline deadline;
    private final @Nullable ProxyServer socksProxy;

    CheckedSockets(AddressPolicy addresses, Deadline deadline, @Nullable ProxyServer proxy) {
        this.addresses = addresses;
        this.deadline = deadline;
        this.socksProxy = proxy != null && proxy.address().getScheme().equals("socks5") ? proxy : null;
    }

    Registry<ConnectionSocketFactory> factories(SSLContext tls) {
        return RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", new Plain())
                .register("https", new Secured(tls))
                .build();
    }

    private Socket newSocket() throws IOException {
        if (socksProxy == null) {
            return deadline.watch(new Socket());
        }
        InetSocketAddress address = new InetSocketAddress(socksProxy.address().getHost(), socksProxy.port());
        if (address.getAddress() != null) {
            check(socksProxy.address().getHost(), address);
        }
        return deadline.watch(new Socket(new Proxy(Proxy.Type.SOCKS, address)));
    }

    /** Called with the very address that is connected to next, so that a name cannot change its mind in between. */
    private void check(String host, InetSocketAddress address) throws AddressRefusedException {
        if (!addresses.permits(host, address.getAddress())) {
            throw new AddressRefusedException(host);
        }
    }

    private final class Plain extends PlainConnectionSocketFactory {

        @Override
        public Socket createSocket(HttpContext context) throws IOException {
            return newSocket();
        }

        @Override
        public Socket connectSocket(int timeout, Socket socket, HttpHost host, InetSocketAddress remote,
                InetSocketAddress local, HttpContext context) throws IOException {
            check(host.getHostName(), remote);
            return super.connectSocket(timeout, socket, host, remote, local, context);
        }
    }

    private final class Secured extends SSLConnectionSocketFactory {

        private Secured(SSLContext tls) {
            super(tls);
        }

        @Override
        public Socket createSocket(HttpContext context) throws IOException {
            return newSocket();
        }

        @Override
        public Socket connectSocket(int timeout, Socket socket, HttpHost host, InetSocketAddress remote,
                InetSocketAddress local, HttpContext context) throws IOException {
            check(host.getHostName(), remote);
            return super.connectSocket(timeout, socket, host, remote, local, context);
        }
    }
}
