package dev.tenantry.reconciler.kube;

import java.time.Clock;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.EventRecorder;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.reconciler.Announcer;
import dev.tenantry.reconciler.Outcome;
import dev.tenantry.reconciler.RunReport;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.plan.Drift;

/** Write Kubernetes Events about Kustomizations, with the reasons and words of Flux; one for each run that has news. */
final class EventAnnouncer implements Announcer {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventAnnouncer.class);
    private static final String COMPONENT = "kustomize-controller";
    /** Of the 1024 characters of an Event, what a message may take where changes are to be told too. */
    private static final int LONGEST_HEAD = 600;
    private static final String REVISION = Target.GROUP + "/revision";

    private final EventRecorder recorder;

    EventAnnouncer(ObjectApi api, Clock clock) {
        this.recorder = new EventRecorder(api, COMPONENT, clock);
    }

    @Override
    public void ended(RunReport report) {
        Target target = report.target();
        String revision = report.revision() == null ? "" : report.revision();
        switch (report.outcome()) {
            case Outcome.Ready ready when report.counts().changedSomething() || !target.isReady() ->
                write(target, EventRecorder.Type.NORMAL, ready.reason(),
                        withActions("Reconciliation finished in %d ms, next run in %s".formatted(
                                report.total().toMillis(), target.spec().interval()), report),
                        revision);
            case Outcome.Ready ready -> {
                // Nothing happened that anybody needs to hear of.
            }
            case Outcome.Waiting waiting -> write(target, EventRecorder.Type.NORMAL, waiting.reason(),
                    withActions(waiting.message(), report), revision);
            case Outcome.Stalled stalled -> write(target, EventRecorder.Type.WARNING, stalled.reason(),
                    withActions(stalled.message(), report), revision);
            case Outcome.Failed failed -> write(target, EventRecorder.Type.WARNING, failed.reason(),
                    withActions(failed.message(), report), revision);
        }
    }

    /** Say in the same Event what changed; a second one would cost the API server as much as an object of the target. */
    private static String withActions(String message, RunReport report) {
        if (report.actions().isEmpty()) {
            return message;
        }
        String head = message.length() > LONGEST_HEAD ? message.substring(0, LONGEST_HEAD - 1) + "…" : message;
        return head + "\n" + String.join("\n", report.actions());
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, Drift drift) {
        write(target, EventRecorder.Type.NORMAL, "DriftCorrected",
                object + " was not as applied and is so again"
                        + (drift.manager().isEmpty() ? "" : "; last changed" + drift.words()),
                "");
    }

    @Override
    public void driftHeldBack(Target target, ObjectRef object, Drift drift) {
        write(target, EventRecorder.Type.WARNING, "DriftRepeats",
                "%s is changed again and again%s; it is corrected at the interval only until that ends".formatted(
                        object,
                        drift.words()),
                "");
    }

    private void write(Target target, EventRecorder.Type type, String reason, String message, String revision) {
        var subject = new EventRecorder.Subject(Target.API_VERSION, Target.KIND, target.name(), target.metadata().uid(),
                target.metadata().resourceVersion());
        Map<String, String> annotations = revision.isEmpty() ? Map.of() : Map.of(REVISION, revision);
        recorder.record(subject, type, reason, message, annotations).exceptionally(failure -> {
            LOGGER.warn("an Event could not be written name={} cause={}", target.name(), failure.getMessage());
            return null;
        });
    }
}
