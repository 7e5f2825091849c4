package dev.tenantry.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A content server behind HTTP, as git-watcher has it behind JAX-RS. */
final class ContentEndpoint implements AutoCloseable {

    static final String TOKEN = "consumer-token";

    final AtomicInteger uploads = new AtomicInteger();
    final AtomicLong bytesSent = new AtomicLong();
    private final ContentServer content;
    private final HttpServer http;

    ContentEndpoint(ContentServer content) {
        this.content = content;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/git/", this::answer);
        http.start();
    }

    URI url(SourceId source) {
        return URI.create("http://localhost:" + http.getAddress().getPort() + "/git/" + source);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            String[] path = exchange.getRequestURI().getPath().split("/", 5);
            SourceId source = new SourceId(path[2], path[3]);
            if (!("Bearer " + TOKEN).equals(headers.getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else if (!content.serves(source)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (path[4].equals("info/refs")) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                content.advertise(source, headers.getFirst("Git-Protocol"), out);
                send(exchange, ContentServer.ADVERTISEMENT_TYPE, out);
            } else {
                uploads.incrementAndGet();
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                content.upload(source, headers.getFirst("Git-Protocol"), headers.getFirst("Content-Encoding"),
                        exchange.getRequestBody(), out);
                send(exchange, ContentServer.RESULT_TYPE, out);
            }
        }
    }

    private void send(HttpExchange exchange, String type, ByteArrayOutputStream body) throws IOException {
        bytesSent.addAndGet(body.size());
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.size());
        body.writeTo(exchange.getResponseBody());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
