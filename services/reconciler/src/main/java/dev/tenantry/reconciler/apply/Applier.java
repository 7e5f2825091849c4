package dev.tenantry.reconciler.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.ObjectWriter.Existing;
import dev.tenantry.reconciler.apply.ObjectWriter.Kept;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.apply.ObjectWriter.Taken;
import dev.tenantry.reconciler.apply.ObjectWriter.WriteResult;
import dev.tenantry.reconciler.apply.ObjectWriter.Written;
import dev.tenantry.reconciler.plan.Change;
import dev.tenantry.reconciler.plan.Claim;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.Plan;
import dev.tenantry.reconciler.plan.Reason;

/**
 * Apply the changes of a plan, stage by stage.
 * <p>
 * An object that fails does not stop its siblings, but stops the later stages; all failures are reported together.
 * <p>
 * An object of which nothing is known is created, which costs one request and changes nothing where there is one after
 * all; that one is read then, and what it says is heeded as if it had been known.
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

    /** Give what bounds the writes that one run has under way. */
    public InFlight inFlight() {
        return inFlight;
    }

    /** Apply a target's plan; blocks until all that was started has ended. */
    public ApplyResult apply(NamespacedName target, Plan plan, ObjectWriter writer, ClusterView before) {
        // Our own writes change what is known.
        Map<ObjectRef, String> versions = new HashMap<>();
        plan.changes()
                .forEach(change -> before.live(change.object().ref())
                        .ifPresent(live -> versions.put(change.object().ref(), live.resourceVersion())));
        var written = new ArrayList<ApplyResult.Result>();
        var kept = new HashSet<ObjectRef>();
        var taken = new TreeMap<ObjectRef, NamespacedName>();
        var failures = new TreeMap<ObjectRef, NotWritten>();
        var notTried = new ArrayList<ObjectRef>();
        for (List<Change> stage : plan.stages()) {
            if (!failures.isEmpty()) {
                stage.forEach(change -> notTried.add(change.object().ref()));
                continue;
            }
            for (var done : inFlight.each(stage, change -> write(target, change, writer, before))) {
                ObjectRef ref = done.change().object().ref();
                switch (done.result()) {
                    case Written ok -> written
                            .add(new ApplyResult.Result(done.change(), ok, action(ok, versions.get(ref))));
                    case NotWritten refused -> failures.put(ref, refused);
                    case Kept existing -> kept.add(ref);
                    case Taken conflict -> taken.put(ref, conflict.owner());
                }
            }
            awaitDefinitions(stage, writer, failures);
        }
        return new ApplyResult(written, kept, taken, failures, notTried);
    }

    private static CompletionStage<Done> write(NamespacedName target, Change change, ObjectWriter writer,
            ClusterView before) {
        Manifest object = change.object();
        var result = change.reason() == Reason.MISSING
                ? writer.create(object).thenCompose(created -> switch (created) {
                    case Written written -> done(written);
                    case NotWritten refused -> done(refused);
                    case Existing existing -> switch (Claim.of(target, object, existing.live(), before::isAlive)) {
                        case Claim.Free free -> writer.apply(object);
                        case Claim.LeftAlone alone -> done(new Kept());
                        case Claim.Taken other -> done(new Taken(other.owner()));
                    };
                })
                : writer.apply(object);
        return result.thenApply(ended -> new Done(change, ended));
    }

    private static CompletionStage<WriteResult> done(WriteResult result) {
        return CompletableFuture.completedFuture(result);
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

    private static Action action(Written written, @Nullable String before) {
        if (written.created()) {
            return Action.CREATED;
        }
        String now = written.live().at("metadata", "resourceVersion").asText();
        return now.equals(before) ? Action.UNCHANGED : Action.CONFIGURED;
    }

    private record Done(Change change, WriteResult result) {}
}
