package dev.tenantry.reconciler.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.ObjectWriter.Existing;
import dev.tenantry.reconciler.apply.ObjectWriter.Kept;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.apply.ObjectWriter.WriteResult;
import dev.tenantry.reconciler.apply.ObjectWriter.Written;
import dev.tenantry.reconciler.plan.Change;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.Plan;

/**
 * Apply the changes of a plan, stage by stage.
 * <p>
 * An object that fails does not stop its siblings, but stops the later stages; all failures are reported together.
 */
public final class Applier {

    private static final String DEFINITION_KIND = "CustomResourceDefinition";

    private final InFlight inFlight;
    private final Duration establishLimit;

    /**
     * @param parallelism writes in flight at once, for one run
     * @param establishLimit how long a new CustomResourceDefinition may take until it serves its kind
     */
    public Applier(int parallelism, Duration establishLimit) {
        this.inFlight = new InFlight(parallelism);
        this.establishLimit = establishLimit;
    }

    /** Apply; blocks until all that was started has ended. */
    public ApplyResult apply(Plan plan, ObjectWriter writer, ClusterView before) {
        var written = new ArrayList<ApplyResult.Result>();
        var failures = new TreeMap<ObjectRef, NotWritten>();
        var notTried = new ArrayList<ObjectRef>();
        for (List<Change> stage : plan.stages()) {
            if (!failures.isEmpty()) {
                stage.forEach(change -> notTried.add(change.object().ref()));
                continue;
            }
            for (var done : inFlight.each(stage, change -> write(change, writer))) {
                ObjectRef ref = done.change().object().ref();
                switch (done.result()) {
                    case Written ok -> written
                            .add(new ApplyResult.Result(done.change(), ok, action(ok, before.live(ok.live().ref()))));
                    case NotWritten refused -> failures.put(ref, refused);
                    case Kept kept -> {
                        // Nothing was asked of it, so there is nothing to report.
                    }
                }
            }
            awaitDefinitions(stage, writer, failures);
        }
        return new ApplyResult(written, failures, notTried);
    }

    private static CompletionStage<Done> write(Change change, ObjectWriter writer) {
        Manifest object = change.object();
        if (Marker.SSA_IF_NOT_PRESENT.isOn(object)) {
            return writer.create(object).thenApply(result -> new Done(change, switch (result) {
                case Existing existing -> new Kept();
                case Written written -> written;
                case NotWritten refused -> refused;
            }));
        }
        return writer.apply(object).thenApply(result -> new Done(change, result));
    }

    private void awaitDefinitions(List<Change> stage, ObjectWriter writer, TreeMap<ObjectRef, NotWritten> failures) {
        var definitions = stage.stream()
                .map(Change::object)
                .filter(object -> object.kind().equals(DEFINITION_KIND) && !failures.containsKey(object.ref()))
                .toList();
        var waits = definitions.stream()
                .map(definition -> writer.established(definition, establishLimit).toCompletableFuture())
                .toList();
        for (int i = 0; i < waits.size(); i++) {
            if (!waits.get(i).join()) {
                failures.put(definitions.get(i).ref(),
                        new NotWritten(
                                "was applied, but does not serve its kind after " + establishLimit.toSeconds() + " s",
                                true));
            }
        }
    }

    private static Action action(Written written, Optional<LiveObject> before) {
        if (written.created()) {
            return Action.CREATED;
        }
        String now = written.live().at("metadata", "resourceVersion").asText();
        return before.filter(live -> live.resourceVersion().equals(now)).isPresent()
                ? Action.UNCHANGED
                : Action.CONFIGURED;
    }

    private record Done(Change change, WriteResult result) {}
}
