package dev.tenantry.testkit.api;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Passes one request on, or spoils it. */
final class ProxyHandler implements Handler<HttpServerRequest> {

    // What belongs to one connection (RFC 9110, section 7.6.1), or is set anew by whoever sends.
    private static final Set<String> NOT_PASSED = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "proxy-connection");

    private final Vertx vertx;
    private final HttpClient upstream;
    private final String base;
    private final Queue<Fault> faults;
    private final Queue<ApiCall> calls;
    private final Streams streams;
    private final ServiceRoutes services;

    ProxyHandler(Vertx vertx, HttpClient upstream, String base, Queue<Fault> faults, Queue<ApiCall> calls,
            Streams streams, ServiceRoutes services) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.faults = faults;
        this.calls = calls;
        this.streams = streams;
        this.services = services;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.response().setStatusCode(503).end();
            return;
        }
        request.body().onSuccess(body -> {
            ApiCall call = ApiCall.of(
                    request.method().name(),
                    request.uri(),
                    orEmpty(request.getHeader("Impersonate-User")),
                    orEmpty(request.getHeader("Content-Type")),
                    body.toString());
            calls.add(call);
            faults.stream()
                    .filter(fault -> fault.strikes(call))
                    .findFirst()
                    .ifPresentOrElse(
                            fault -> spoil(fault.action(), call, request, body),
                            () -> {
                                if (!services.pass(request, body)) {
                                    pass(call, request, body, false);
                                }
                            });
        });
    }

    private void spoil(Fault.Action action, ApiCall call, HttpServerRequest request, Buffer body) {
        switch (action) {
            case Fault.Action.Break broken -> request.connection().close();
            case Fault.Action.LoseAnswer lost -> pass(call, request, body, true);
            case Fault.Action.Delay delay ->
                vertx.setTimer(Math.max(1, delay.by().toMillis()), id -> pass(call, request, body, false));
            case Fault.Action.Answer answer -> {
                HttpServerResponse response = request.response().setStatusCode(answer.code());
                answer.retryAfterSeconds()
                        .ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
                response.putHeader("Content-Type", "application/json").end(status(answer, call).toString());
            }
        }
    }

    private static ObjectNode status(Fault.Action.Answer answer, ApiCall call) {
        ObjectNode status = JsonNodeFactory.instance.objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", "The proxy of the test answers " + answer.code() + " to " + call)
                .put("reason", answer.reason())
                .put("code", answer.code());
        status.putObject("metadata");
        ObjectNode details = status.putObject("details")
                .put("group", call.group())
                .put("kind", call.resource())
                .put("name", call.name());
        answer.retryAfterSeconds().ifPresent(seconds -> details.put("retryAfterSeconds", seconds));
        return status;
    }

    private void pass(ApiCall call, HttpServerRequest request, Buffer body, boolean loseAnswer) {
        HttpServerResponse response = request.response();
        Context context = vertx.getOrCreateContext();
        upstream.consumeBytes(
                upstreamRequest(call, request, body),
                (chunk, from) -> context.runOnContext(now -> write(call, response, chunk, from)))
                .whenComplete((answer, failure) -> context.runOnContext(now -> {
                    if (answer == null || loseAnswer) {
                        if (answer != null) {
                            answer.body().cancel();
                        }
                        request.connection().close();
                    } else {
                        begin(call, context, response, answer);
                    }
                }));
    }

    private HttpRequest upstreamRequest(ApiCall call, HttpServerRequest request, Buffer body) {
        HttpRequest.Builder builder = upstream.newHttpRequestBuilder().uri(base + request.uri()).forStreaming();
        request.headers().forEach((name, value) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, value);
            }
        });
        return body.length() == 0
                ? builder.method(request.method().name(), null, null).build()
                : builder.method(
                        request.method().name(),
                        call.contentType(),
                        new ByteArrayInputStream(body.getBytes()),
                        body.length()).build();
    }

    private void begin(ApiCall call, Context context, HttpServerResponse response, HttpResponse<AsyncBody> answer) {
        response.setStatusCode(answer.code()).setChunked(true);
        answer.headers().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                response.putHeader(name, values);
            }
        });
        Streams.Stream stream = new Streams.Stream(call, context, response, answer.body());
        if (call.verb().equals("watch") && answer.isSuccessful()) {
            streams.add(stream);
            // A watch begins before its first event does.
            response.writeHead();
        }
        response.exceptionHandler(gone -> {});
        response.closeHandler(closed -> {
            streams.remove(stream);
            answer.body().cancel();
        });
        answer.body().done().whenComplete((nothing, failure) -> context.runOnContext(now -> {
            streams.remove(stream);
            if (response.ended() || response.closed() || stream.isFrozen()) {
                return;
            }
            if (failure == null) {
                response.end();
            } else {
                response.reset();
            }
        }));
        answer.body().consume();
    }

    private void write(ApiCall call, HttpServerResponse response, List<ByteBuffer> chunk, AsyncBody from) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (!streams.isFrozen(call)) {
            for (ByteBuffer buffer : chunk) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                response.write(Buffer.buffer(bytes));
            }
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> from.consume());
        } else {
            from.consume();
        }
    }

    private static String orEmpty(@Nullable String header) {
        return header == null ? "" : header;
    }
}
