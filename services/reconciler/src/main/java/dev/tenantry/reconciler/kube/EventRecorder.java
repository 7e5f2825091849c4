package dev.tenantry.reconciler.kube;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.Announcer;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.Target;

/** Write Kubernetes Events about Kustomizations, with the reasons and words of Flux. */
final class EventRecorder implements Announcer {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventRecorder.class);
    private static final ResourceType EVENT = ResourceType.namespaced("", "v1", "Event", "events");
    private static final String COMPONENT = "kustomize-controller";
    private static final String REVISION = Target.GROUP + "/revision";
    /** The API server's limit for the message of an Event. */
    private static final int LONGEST = 1024;

    private final ObjectApi api;
    private final Clock clock;

    EventRecorder(ObjectApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public void ended(RunReport report) {
        Target target = report.target();
        String revision = report.revision() == null ? "" : report.revision();
        if (!report.actions().isEmpty()) {
            write(target, "Normal", "Progressing", String.join("\n", report.actions()), revision);
        }
        switch (report.outcome()) {
            case Outcome.Ready ready when report.counts().changedSomething() || !target.isReady() ->
                write(target, "Normal",
                        ready.reason(),
                        "Reconciliation finished in %d ms, next run in %s".formatted(report.total().toMillis(),
                                target.spec().interval()),
                        revision);
            case Outcome.Ready ready -> {
                // Nothing happened that anybody needs to hear of.
            }
            case Outcome.Waiting waiting -> write(target, "Normal", waiting.reason(), waiting.message(), revision);
            case Outcome.Stalled stalled -> write(target, "Warning", stalled.reason(), stalled.message(), revision);
            case Outcome.Failed failed -> write(target, "Warning", failed.reason(), failed.message(), revision);
        }
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, String manager) {
        write(target, "Normal", "DriftCorrected",
                object + " was not as applied and is so again"
                        + (manager.isEmpty() ? "" : "; last changed by " + manager),
                "");
    }

    @Override
    public void driftHeldBack(Target target, ObjectRef object, String manager) {
        write(target, "Warning", "DriftRepeats",
                "%s is changed again and again%s; it is corrected at the interval only until that ends".formatted(
                        object,
                        manager.isEmpty() ? "" : " by " + manager),
                "");
    }

    private void write(Target target, String type, String reason, String message, String revision) {
        NamespacedName name = target.name();
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode event = Manifest.skeleton("v1", "Event",
                new NamespacedName(name.namespace(),
                        name.name() + "." + UUID.randomUUID().toString().substring(0, 16)));
        event.putObject("involvedObject")
                .put("apiVersion", Target.API_VERSION)
                .put("kind", Target.KIND)
                .put("namespace", name.namespace())
                .put("name", name.name())
                .put("uid", target.metadata().uid())
                .put("resourceVersion", target.metadata().resourceVersion());
        if (!revision.isEmpty()) {
            event.withObjectProperty("metadata").putObject("annotations").put(REVISION, revision);
        }
        event.put("type", type)
                .put("reason", reason)
                .put("message", message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…")
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("reportingComponent", COMPONENT)
                .put("reportingInstance", "");
        event.putObject("source").put("component", COMPONENT);
        Answer.later(api.create(EVENT, name.namespace(), event)).thenAccept(answer -> {
            if (answer instanceof Answer.Refused<ObjectNode> refused) {
                LOGGER.warn("an Event could not be written name={} cause={}", name, refused.error().message());
            }
        });
    }
}
