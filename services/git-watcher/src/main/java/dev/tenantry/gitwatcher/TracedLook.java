package dev.tenantry.gitwatcher;

import java.util.Locale;
import java.util.function.Function;

import dev.tenantry.events.trace.Traceparent;
import dev.tenantry.gitwatcher.poll.Next;
import dev.tenantry.gitwatcher.poll.Work;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** Put a look into the trace of what asked for it. */
public final class TracedLook implements Function<Work, Next> {

    private final Function<Work, Next> look;
    private final Tracer tracer;

    public TracedLook(Function<Work, Next> look, Tracer tracer) {
        this.look = look;
        this.tracer = tracer;
    }

    @Override
    public Next apply(Work work) {
        Span span = tracer.spanBuilder("look at source")
                .setParent(Traceparent.parent(work.trigger().traceparent()))
                .setAttribute("namespace", work.source().namespace())
                .setAttribute("name", work.source().name())
                .setAttribute("cause", work.trigger().cause().name().toLowerCase(Locale.ROOT))
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            return look.apply(work);
        } catch (RuntimeException | Error e) {
            span.recordException(e);
            throw e;
        } finally {
            span.end();
        }
    }
}
