package dev.tenantry.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.apache.HttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * Carry the HTTP requests of one fetch: with the remote's certificates, proxy and credentials, inside a deadline, a limit
 * of bytes and an {@link AddressPolicy}. It remembers the last status, which JGit only tells in prose.
 */
final class HttpExchange implements HttpConnectionFactory, AutoCloseable {

    private final Remote remote;
    private final Deadline deadline;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final CloseableHttpClient client;
    private volatile int lastStatus;

    HttpExchange(Remote remote, AddressPolicy addresses, TlsContexts tls, Deadline deadline, long maxBytes)
            throws IOException {
        this.remote = remote;
        this.deadline = deadline;
        this.maxBytes = maxBytes;
        this.client = client(addresses, tls);
    }

    private CloseableHttpClient client(AddressPolicy addresses, TlsContexts tls) throws IOException {
        CheckedSockets sockets = new CheckedSockets(addresses, deadline, remote.proxy());
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                sockets.factories(tls.of(remote.caBundle(), remote.clientCertificate())));
        int millis = (int) Math.clamp(deadline.left().toMillis(), 1, Integer.MAX_VALUE);
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(millis)
                        .setSocketTimeout(millis)
                        .setConnectionRequestTimeout(millis)
                        .build())
                .setDefaultCredentialsProvider(new BasicCredentialsProvider())
                // JGit follows redirects and unpacks by itself, with git's rules.
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .addInterceptorLast((HttpRequestInterceptor) this::authorize)
                .addInterceptorLast((HttpResponseInterceptor) (response, context) -> observe(response));
        ProxyServer proxy = remote.proxy();
        if (proxy != null && !proxy.address().getScheme().equals("socks5")) {
            useProxy(builder, proxy);
        }
        return builder.build();
    }

    private static void useProxy(HttpClientBuilder builder, ProxyServer proxy) {
        HttpHost host = new HttpHost(proxy.address().getHost(), proxy.port(), proxy.address().getScheme());
        builder.setProxy(host);
        if (proxy.username() != null && proxy.password() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(host),
                    new UsernamePasswordCredentials(proxy.username(), proxy.password()));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    /** Send credentials with the first request, and only to the remote itself: a redirect leads anywhere. */
    private void authorize(HttpRequest request, HttpContext context) {
        HttpHost target = HttpClientContext.adapt(context).getTargetHost();
        String authorization = authorization();
        boolean toProxy = request.getRequestLine().getMethod().equals("CONNECT");
        if (authorization != null && !toProxy && isOrigin(target)) {
            request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
    }

    private @Nullable String authorization() {
        return switch (remote.credentials()) {
            case Credentials.None none -> null;
            case Credentials.Bearer bearer -> "Bearer " + bearer.token();
            case Credentials.Basic basic -> "Basic " + Base64.getEncoder()
                    .encodeToString((basic.username() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8));
        };
    }

    private boolean isOrigin(HttpHost target) {
        URI origin = remote.url();
        return target.getSchemeName().equalsIgnoreCase(origin.getScheme())
                && withoutBrackets(target.getHostName()).equalsIgnoreCase(withoutBrackets(origin.getHost()))
                && port(target.getSchemeName(), target.getPort()) == port(origin.getScheme(), origin.getPort());
    }

    /** An IPv6 address is written with brackets in a URL only. */
    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String scheme, int port) {
        if (port > 0) {
            return port;
        }
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    private void observe(HttpResponse response) {
        lastStatus = response.getStatusLine().getStatusCode();
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new Limited(entity));
        }
    }

    /** Return the status of the last answer, 0 if there was none. */
    int lastStatus() {
        return lastStatus;
    }

    /** Say whether the answers were cut off. */
    boolean isFull() {
        return bytes.get() > maxBytes;
    }

    Deadline deadline() {
        return deadline;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new HttpClientConnection(url.toString(), null, client);
    }

    /** The JVM's proxy settings do not count: a source's proxy is its own. */
    @Override
    public HttpConnection create(URL url, @Nullable Proxy ofTheJvm) throws IOException {
        return create(url);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** An answer that is cut off once all answers together exceed the limit. */
    private final class Limited extends HttpEntityWrapper {

        private Limited(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    count(value < 0 ? 0 : 1);
                    return value;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    count(read);
                    return read;
                }
            };
        }

        private void count(int read) throws TooLargeException {
            if (read > 0 && bytes.addAndGet(read) > maxBytes) {
                throw new TooLargeException("The server sent more than the limit of " + maxBytes + " bytes");
            }
        }
    }
}
