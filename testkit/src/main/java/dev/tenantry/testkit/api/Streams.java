package dev.tenantry.testkit.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** The watches that are open at a proxy. */
final class Streams {

    private static final String EXPIRED = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
            "message":"too old resource version","reason":"Expired","code":410}}
            """;

    /** One open watch. Writes happen on the context of its connection. */
    static final class Stream {

        private final ApiCall call;
        private final Context context;
        private final HttpServerResponse response;
        private final AsyncBody body;
        private volatile boolean frozen;

        Stream(ApiCall call, Context context, HttpServerResponse response, AsyncBody body) {
            this.call = call;
            this.context = context;
            this.response = response;
            this.body = body;
        }

        boolean isFrozen() {
            return frozen;
        }
    }

    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    void add(Stream stream) {
        open.add(stream);
    }

    void remove(Stream stream) {
        open.remove(stream);
    }

    boolean isFrozen(ApiCall call) {
        return open.stream().anyMatch(stream -> stream.call == call && stream.frozen);
    }

    int open(Calls matching) {
        return chosen(matching).size();
    }

    int cut(Calls matching) {
        List<Stream> chosen = chosen(matching);
        for (Stream stream : chosen) {
            stream.context.runOnContext(now -> stream.response.reset());
        }
        return chosen.size();
    }

    int expire(Calls matching) {
        List<Stream> chosen = chosen(matching);
        for (Stream stream : chosen) {
            // The upstream goes first, so that nothing comes after the error.
            stream.body.cancel();
            stream.context.runOnContext(now -> stream.response.end(Buffer.buffer(EXPIRED)));
        }
        return chosen.size();
    }

    int freeze(Calls matching) {
        List<Stream> chosen = chosen(matching);
        chosen.forEach(stream -> stream.frozen = true);
        return chosen.size();
    }

    /** Lets frozen watches go on; what came meanwhile is lost, so they are cut. */
    void thaw() {
        open.stream().filter(Stream::isFrozen).forEach(stream -> cut(new Calls(call -> call == stream.call)));
    }

    private List<Stream> chosen(Calls matching) {
        return open.stream().filter(stream -> matching.matches().test(stream.call)).toList();
    }
}
