package dev.tenantry.gitwatcher;

import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/** Carry the trace of a push as text where a thread, a queue or a broker lies between: the W3C {@code traceparent}. */
public final class CurrentTrace {

    private static final String VERSION = "00";
    private static final int PARTS = 4;

    private CurrentTrace() {}

    /** Give the trace context of the current span, null outside of any. */
    public static @Nullable String traceparent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? String.join("-", VERSION, span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
                : null;
    }

    /** Give the context to continue a trace in; the root context when there is no trace, or none that can be read. */
    public static Context parent(@Nullable String traceparent) {
        String[] parts = traceparent == null ? new String[0] : traceparent.split("-");
        if (parts.length < PARTS || parts[3].length() != TraceFlags.getLength()) {
            return Context.root();
        }
        // Ids that make no sense give an invalid context, which begins a new trace.
        SpanContext span = SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(span));
    }
}
