package dev.tenantry.events.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * Write a trace context as text and read it back.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public final class Traceparent {

    private static final String FIELD = "traceparent";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private Traceparent() {}

    /** Give the current trace context, null outside of any. */
    public static @Nullable String current() {
        return of(Context.current());
    }

    /** Give a trace context, null where there is none. */
    public static @Nullable String of(Context context) {
        Map<String, String> fields = new HashMap<>();
        W3C.inject(context, fields, Map::put);
        return fields.get(FIELD);
    }

    /** Give the context to continue a trace in; the root context where there is no trace, or none that can be read. */
    public static Context parent(@Nullable String traceparent) {
        return traceparent == null ? Context.root() : W3C.extract(Context.root(), traceparent, new OneField());
    }

    private static final class OneField implements TextMapGetter<String> {

        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(FIELD);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(FIELD) ? traceparent : null;
        }
    }
}
