package dev.tenantry.testkit.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** An API server that answers what a test says, for what a real one does too seldom. */
public final class FakeApiServer implements AutoCloseable {

    /** Answers one request. */
    public interface Answers {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    public FakeApiServer(Answers answers) {
        this(0, answers);
    }

    public FakeApiServer(int port, Answers answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                answers.answer(exchange);
            }
        });
        server.start();
    }

    /** Returns methods and URIs in order. */
    public List<String> requests() {
        return requests;
    }

    /** Returns bodies in order, empty where a request had none. */
    public List<String> bodies() {
        return bodies;
    }

    public Config config() {
        return new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
    }

    /** Answers with JSON. */
    public static void json(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Answers with an error of Kubernetes' form. */
    public static void status(HttpExchange exchange, int code, String reason) throws IOException {
        json(exchange, code, """
                {"kind":"Status","apiVersion":"v1","status":"Failure","message":"it is %1$s","reason":"%1$s",\
                "details":{"name":"web","kind":"configmaps"},"code":%2$d}""".formatted(reason, code));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
