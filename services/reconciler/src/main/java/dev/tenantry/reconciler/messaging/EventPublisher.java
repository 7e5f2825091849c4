package dev.tenantry.reconciler.messaging;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

import dev.tenantry.events.DriftCorrected;
import dev.tenantry.events.EncodedEvent;
import dev.tenantry.events.Event;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.Subject;
import dev.tenantry.events.TargetReconciled;
import dev.tenantry.events.kafka.EventRecords;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.Announcer;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RememberedBuild;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.plan.Drift;
import io.micrometer.core.instrument.MeterRegistry;

/** Publish what runs did. An event that the broker does not take is dropped and counted: the cluster has the truth. */
@ApplicationScoped
class EventPublisher implements Announcer {

    private static final int BUFFER = 10_000;

    private final Emitter<ProducerRecord<String, byte[]>> targets;
    private final Emitter<ProducerRecord<String, byte[]>> builds;
    private final RunTraces traces;
    private final MeterRegistry metrics;
    private final EventCodec codec = new EventCodec(URI.create("/reconciler"));
    private final Clock clock = Clock.systemUTC();

    EventPublisher(
            @Channel("reconciler-targets-out")
            @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER) Emitter<ProducerRecord<String, byte[]>> targets,
            @Channel("reconciler-builds-out")
            @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER) Emitter<ProducerRecord<String, byte[]>> builds,
            RunTraces traces, MeterRegistry metrics) {
        this.targets = targets;
        this.builds = builds;
        this.traces = traces;
        this.metrics = metrics;
    }

    @Override
    public void ended(RunReport report) {
        Map<String, Duration> durations = new LinkedHashMap<>();
        report.durations().forEach((stage, duration) -> durations.put(stage.word(), duration));
        var counts = report.counts();
        var event = new TargetReconciled(subject(report.target()), outcome(report.outcome()), report.outcome().reason(),
                report.revision(),
                new TargetReconciled.Counts(counts.created(), counts.configured(), counts.same(),
                        counts.pruned()),
                durations, report.startedAt());
        send(targets, codec.encode(event, traces.ended(report)));
    }

    @Override
    public void remembered(Target target, RememberedBuild build) {
        send(builds, BuildRecordMapping.toEvent(target, subject(target), build, clock.instant()));
    }

    @Override
    public void forgotten(NamespacedName target) {
        send(builds, codec.tombstone(subject(target, null)));
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, Drift drift) {
        send(targets, new DriftCorrected(subject(target),
                new Subject(object.group(), object.kind(), object.namespace(), object.name(), null), drift.manager(),
                drift.fields(), clock.instant()));
    }

    private void send(Emitter<ProducerRecord<String, byte[]>> emitter, Event event) {
        send(emitter, codec.encode(event, null));
    }

    private void send(Emitter<ProducerRecord<String, byte[]>> emitter, EncodedEvent event) {
        try {
            emitter.send(EventRecords.toProducer(event))
                    .whenComplete((sent, failure) -> count(event, failure == null ? "published" : "dropped"));
        } catch (IllegalStateException e) {
            // The broker is away and the buffer full.
            count(event, "dropped");
        }
    }

    private void count(EncodedEvent event, String result) {
        metrics.counter("reconciler.events", "topic", event.topic().name(), "result", result).increment();
    }

    private static Subject subject(Target target) {
        return subject(target.name(), target.metadata().uid());
    }

    private static Subject subject(NamespacedName name, @Nullable String uid) {
        return new Subject(Target.GROUP, Target.KIND, name.namespace(), name.name(), uid);
    }

    private static TargetReconciled.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ready ready -> TargetReconciled.Outcome.READY;
            case Outcome.Waiting waiting -> TargetReconciled.Outcome.WAITING;
            case Outcome.Stalled stalled -> TargetReconciled.Outcome.STALLED;
            case Outcome.Failed failed -> TargetReconciled.Outcome.FAILED;
        };
    }
}
