package dev.tenantry.reconciler.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import dev.tenantry.events.trace.Traceparent;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.RunReport.Stage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * Go on with the trace of a push in the runs that bring its revision to the cluster.
 * <p>
 * A run's spans are made when it has ended, of the times that it took: by then the event is known that a watch may have
 * overtaken, and a run that did nothing makes none.
 */
@ApplicationScoped
class RunTraces {

    private static final int SOURCES = 10_000;

    private final Tracer tracer;
    private final Map<NamespacedName, Observed> newest = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NamespacedName, Observed> eldest) {
            return size() > SOURCES;
        }
    };

    RunTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    private record Observed(String revision, String traceparent) {}

    /** Remember the trace in which a revision was observed, if there was one. */
    synchronized void observed(NamespacedName source, String revision, @Nullable String traceparent) {
        newest.remove(source);
        if (traceparent != null) {
            newest.put(source, new Observed(revision, traceparent));
        }
    }

    /** Record a run; return the trace context to tell of it in, null where there is none. */
    @Nullable
    String ended(RunReport report) {
        String cause = traceOf(report);
        if (!report.durations().containsKey(Stage.BUILD)) {
            return cause;
        }
        Context parent = Traceparent.parent(cause);
        Span run = tracer.spanBuilder("reconcile")
                .setParent(parent)
                .setStartTimestamp(report.startedAt())
                .setAttribute("namespace", report.target().name().namespace())
                .setAttribute("name", report.target().name().name())
                .setAttribute("revision", String.valueOf(report.revision()))
                .setAttribute("reason", report.outcome().reason())
                .startSpan();
        Context inside = parent.with(run);
        Instant time = report.startedAt();
        for (Map.Entry<Stage, Duration> stage : report.durations().entrySet()) {
            Instant end = time.plus(stage.getValue());
            tracer.spanBuilder(stage.getKey().word()).setParent(inside).setStartTimestamp(time).startSpan().end(end);
            time = end;
        }
        if (report.outcome() instanceof Outcome.Failed) {
            run.setStatus(StatusCode.ERROR);
        }
        run.end(time);
        return Traceparent.of(inside);
    }

    private synchronized @Nullable String traceOf(RunReport report) {
        Observed observed = newest.get(report.target().source());
        return observed != null && observed.revision().equals(report.revision()) ? observed.traceparent() : null;
    }
}
