package dev.tenantry.reconciler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.reconciler.compare.Difference;
import dev.tenantry.reconciler.compare.FieldChange;
import dev.tenantry.reconciler.compare.FieldComparison;
import dev.tenantry.reconciler.compare.Rehearsal;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Applied;
import dev.tenantry.reconciler.plan.Change;
import dev.tenantry.reconciler.plan.ClusterView;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.Plan;
import dev.tenantry.reconciler.plan.Planner;
import dev.tenantry.reconciler.plan.Reason;
import dev.tenantry.reconciler.prune.Pruner;
import dev.tenantry.reconciler.source.Masker;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;

/**
 * Tell what a full run of a target would change now, without changing anything.
 * <p>
 * It works for targets of other replicas too: of the cluster it takes nothing for granted, but reads each object and tries
 * each apply, as the target's own account. Thread-safe.
 */
public final class Comparison {

    /** Requests of one comparison to the API server at once. */
    private static final int REQUESTS = 8;

    private final Ports ports;
    private final TenancyPolicy policy;
    private final Inputs inputs;
    private final Renderer renderer;
    private final Fingerprint fingerprint;
    private final BiFunction<NamespacedName, ObjectRef, Optional<Applied>> applied;
    private final Semaphore turns;
    private final Duration patience;

    /** @param applied tells what a target last applied as an object, where this replica remembers it */
    Comparison(Ports ports, TenancyPolicy policy, Renderer renderer, Fingerprint fingerprint,
            BiFunction<NamespacedName, ObjectRef, Optional<Applied>> applied, Turns turns) {
        this.ports = ports;
        this.policy = policy;
        this.inputs = new Inputs(ports, policy, Duration.ZERO);
        this.renderer = renderer;
        this.fingerprint = fingerprint;
        this.applied = applied;
        this.turns = new Semaphore(turns.atOnce());
        this.patience = turns.patience();
    }

    /**
     * How many comparisons share this replica's build workers with the runs.
     *
     * @param patience how long one waits for its turn
     */
    record Turns(int atOnce, Duration patience) {}

    /** What a comparison came to. */
    public sealed interface Result {}

    /**
     * The whole difference.
     *
     * @param revision of the source
     * @param obstacle why no run would bring the revision to the cluster yet; null where nothing is in the way
     * @param differences one for each object that is not as it would be, in the order of a run
     * @param unchanged how many objects are as they would be, or are left alone
     */
    public record Compared(String revision, @Nullable Outcome obstacle, List<Difference> differences, int unchanged)
            implements
                Result {

        public Compared {
            differences = List.copyOf(differences);
        }
    }

    /** Nothing can be rendered; a run would end the same way. */
    public record Incomparable(Outcome outcome) implements Result {}

    /** Too many comparisons are going on. */
    public record Busy() implements Result {}

    /** Compare; blocks. */
    public Result compare(Target target) {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Busy();
        }
        try {
            return revision(switch (ports.statuses().complete(target)) {
                case StatusWriter.Read read -> read.target();
                case StatusWriter.Unread unread -> target.unreadableFor(unread.message());
            });
        } finally {
            turns.release();
        }
    }

    private Result revision(Target target) {
        Optional<Outcome> refusal = inputs.refusal(target);
        if (refusal.isPresent()) {
            return new Incomparable(refusal.get());
        }
        return switch (inputs.revision(target)) {
            case Input.Missing<SourceRevision> missing -> new Incomparable(missing.outcome());
            case Input.Given<SourceRevision> given -> variables(target, given.value());
        };
    }

    private Result variables(Target target, SourceRevision source) {
        return switch (inputs.variables(target)) {
            case Input.Missing<Variables.Resolved> missing -> new Incomparable(missing.outcome());
            case Input.Given<Variables.Resolved> given -> content(target, source, given.value());
        };
    }

    private Result content(Target target, SourceRevision source, Variables.Resolved variables) {
        return switch (inputs.content(target, source)) {
            case Input.Missing<SourceTree> missing -> new Incomparable(missing.outcome());
            case Input.Given<SourceTree> given -> switch (renderer.render(target, variables, given.value())) {
                case Renderer.Unrendered unrendered -> new Incomparable(unrendered.outcome());
                case Renderer.Rendered rendered -> {
                    Outcome obstacle = inputs.dependency(target, source)
                            .or(() -> inputs.emptiness(target, rendered.objects()))
                            .orElse(null);
                    yield rendered(target, rendered.objects(), new Masker(variables.secretValues()))
                            .at(source.revision(), obstacle);
                }
            };
        };
    }

    private Sketch rendered(Target target, List<Manifest> desired, Masker masker) {
        Account account = policy.accountOf(target);
        Rehearsal rehearsal = ports.cluster().rehearsal(account);
        Inventory inventory = Inventory.of(target.status());
        Inventory all = inventory.union(Inventory.ofObjects(desired));
        var cluster = new LiveView(target.name(), read(all, rehearsal));
        Plan plan = new Planner(target.name(), fingerprint.by(account.toString())).plan(desired, inventory, cluster,
                false);

        var differences = new ArrayList<Difference>();
        int unchanged = plan.unchanged().size() + plan.skipped().size();
        var place = new Place(plan);
        var tried = new InFlight(REQUESTS).each(plan.changes(),
                change -> rehearsal.apply(change.object()).thenApply(answer -> new Attempt(change, answer)));
        var comparison = new FieldComparison(masker);
        for (Attempt attempt : tried) {
            Optional<Difference> difference = difference(attempt, cluster, place, comparison, masker);
            difference.ifPresent(differences::add);
            unchanged += difference.isPresent() ? 0 : 1;
        }
        plan.conflicts()
                .forEach((ref, owner) -> differences.add(new Difference.Conflict(ref, version(all, ref), owner)));
        if (target.spec().prune()) {
            plan.prune()
                    .stream()
                    .filter(ref -> cluster.object(ref)
                            .filter(live -> Pruner.mayDelete(target.name(), live))
                            .isPresent())
                    .forEach(ref -> differences.add(new Difference.Deleted(ref, version(all, ref))));
        }
        return new Sketch(differences, unchanged);
    }

    private static Map<ObjectRef, Rehearsal.Found> read(Inventory objects, Rehearsal rehearsal) {
        var refs = List.copyOf(objects.entries().keySet());
        var answers = new InFlight(REQUESTS).each(refs, ref -> rehearsal.read(ref, version(objects, ref)));
        Map<ObjectRef, Rehearsal.Found> found = new HashMap<>();
        for (int i = 0; i < refs.size(); i++) {
            found.put(refs.get(i), answers.get(i));
        }
        return found;
    }

    private static String version(Inventory inventory, ObjectRef ref) {
        return inventory.entries().getOrDefault(ref, "");
    }

    private static Optional<Difference> difference(Attempt attempt, LiveView cluster, Place place,
            FieldComparison comparison, Masker masker) {
        Manifest object = attempt.change().object();
        ObjectRef ref = object.ref();
        Reason reason = attempt.change().reason();
        if (cluster.found().get(ref) instanceof Rehearsal.Unread unread) {
            return Optional.of(new Difference.Refused(ref, object.version(), reason, masker.mask(unread.message())));
        }
        return switch (attempt.answer()) {
            case Rehearsal.Refused refused -> Optional
                    .of(new Difference.Refused(ref, object.version(), reason, masker.mask(refused.message())));
            case Rehearsal.Untried untried -> Optional.of(place.isMadeFor(object)
                    ? new Difference.Created(ref, object.version(), comparison.created(object),
                            "without what the API server adds: %s does not exist yet".formatted(untried.missing()))
                    : new Difference.Refused(ref, object.version(), reason,
                            "%s does not exist, and this target does not make it".formatted(untried.missing())));
            case Rehearsal.Accepted accepted -> {
                Optional<Manifest> before = cluster.object(ref);
                if (before.isEmpty()) {
                    yield Optional.of(new Difference.Created(ref, object.version(),
                            comparison.created(accepted.object()), null));
                }
                List<FieldChange> fields = comparison.compare(before.get(), accepted.object());
                yield fields.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Difference.Changed(ref, object.version(), reason, fields));
            }
        };
    }

    private record Attempt(Change change, Rehearsal.Tried answer) {}

    private record Sketch(List<Difference> differences, int unchanged) {

        Compared at(String revision, @Nullable Outcome obstacle) {
            return new Compared(revision, obstacle, differences, unchanged);
        }
    }

    /** What a plan makes that other objects of it need to be there first. */
    private record Place(Plan plan) {

        boolean isMadeFor(Manifest object) {
            return plan.changes().stream().map(Change::object).anyMatch(other -> holds(other, object));
        }

        private static boolean holds(Manifest other, Manifest object) {
            return switch (other.kind()) {
                case "Namespace" -> other.name().equals(object.namespace());
                case "CustomResourceDefinition" -> other.at("spec", "group").asText().equals(object.ref().group())
                        && other.at("spec", "names", "kind").asText().equals(object.kind());
                default -> false;
            };
        }
    }

    /** The cluster as it was just read. */
    private final class LiveView implements ClusterView {

        private final NamespacedName target;
        private final Map<ObjectRef, Rehearsal.Found> found;

        LiveView(NamespacedName target, Map<ObjectRef, Rehearsal.Found> found) {
            this.target = target;
            this.found = new TreeMap<>(found);
        }

        Map<ObjectRef, Rehearsal.Found> found() {
            return found;
        }

        Optional<Manifest> object(ObjectRef ref) {
            return present(ref).map(Rehearsal.Present::object);
        }

        private Optional<Rehearsal.Present> present(ObjectRef ref) {
            return found.get(ref) instanceof Rehearsal.Present present ? Optional.of(present) : Optional.empty();
        }

        @Override
        public Optional<LiveObject> live(ObjectRef ref) {
            return present(ref).map(Rehearsal.Present::live);
        }

        @Override
        public Optional<Applied> applied(ObjectRef ref) {
            return applied.apply(target, ref);
        }

        @Override
        public boolean isAlive(NamespacedName kustomization) {
            return ports.isAlive(kustomization);
        }
    }
}
