package dev.tenantry.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.Applier;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.apply.ObjectWriter;
import dev.tenantry.reconciler.build.BuildResult;
import dev.tenantry.reconciler.build.RecordedAnswer;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.reconciler.compare.Rehearsal;
import dev.tenantry.reconciler.health.Check;
import dev.tenantry.reconciler.health.HealthReport;
import dev.tenantry.reconciler.health.HealthWatch;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.Drift;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.plan.LiveObject.Deletion;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.prune.ObjectRemover;
import dev.tenantry.reconciler.prune.Pruner;
import dev.tenantry.reconciler.queue.Cause;
import dev.tenantry.reconciler.source.Content;
import dev.tenantry.reconciler.source.Resolution;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Sources;
import dev.tenantry.reconciler.source.Variables;

/**
 * A cluster, a source and kustomize in memory, around real runs.
 * <p>
 * The source's only file is {@code objects}: a list of {@code name=value}, each of which renders a ConfigMap.
 */
final class FakeWorld implements Cluster, ObjectWriter, ObjectRemover, StatusWriter, Sources, HealthWatch, Announcer {

    static final NamespacedName NAME = new NamespacedName("team", "apps");

    final Targets targets = new Targets();
    final Map<ObjectRef, Manifest> objects = new LinkedHashMap<>();
    /** By an object's name, what its marker {@code kustomize.toolkit.fluxcd.io/ssa} in git says. */
    final Map<String, String> ssa = new LinkedHashMap<>();
    final Map<ObjectRef, String> otherManagers = new LinkedHashMap<>();
    final Set<ObjectRef> refused = new HashSet<>();
    /** Objects that no watch tells of. */
    final Set<ObjectRef> unseen = new HashSet<>();
    /** Objects that are there, though no watch tells of them. */
    final Set<ObjectRef> unknown = new HashSet<>();
    final Map<ObjectRef, NotWritten> unreadable = new TreeMap<>();
    /** Objects that are not gone at once when they are deleted. */
    final Set<ObjectRef> finalized = new HashSet<>();
    final Set<String> missingNamespaces = new HashSet<>();
    final Map<ObjectRef, String> unhealthy = new TreeMap<>();
    final Map<ObjectRef, String> broken = new TreeMap<>();
    final List<KustomizationStatus> statuses = new ArrayList<>();
    final List<String> announced = new ArrayList<>();
    final List<RunReport> reports = new ArrayList<>();
    /** How many applies there had been each time that kinds were followed. */
    final List<Integer> follows = new ArrayList<>();
    final List<Account> accounts = new ArrayList<>();
    final TargetMemory memory;
    String revision = "main@sha1:0000000000000000000000000000000000000001";
    String file = "";
    Variables variables = Variables.NONE;
    boolean superseded;
    /** Whether no kind is watched. */
    boolean unfollowed;
    boolean unsaved;
    String ignore = "";
    boolean statusesBreak;
    Scope scope = Scope.NAMESPACE;
    /** Whether refusals are for want of a right. */
    boolean forbids;
    boolean accountGone;
    /** Whether the kind is cluster-scoped, whatever discovery says of it. */
    boolean clearsNamespaces;
    int builds;
    int applies;
    int creates;
    /** How often it was asked where objects of a kind live. */
    int scopeQuestions;
    /** How often the health of objects was asked for. */
    int looks;
    private int version = 1;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** Whether another replica has got the target. */
    boolean lostOwnership;
    /** Happens in the middle of each run. */
    Runnable duringBuild = () -> {};
    /** Happens after each object that was applied. */
    Runnable afterApply = () -> {};
    private final Clock clock;
    private final Ports ports;
    private final Reconciliation reconciliation;
    private final Finalization finalization;
    private final Comparison comparison;

    FakeWorld() {
        clock = new Clock() {

            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        memory = new TargetMemory(clock);
        var fingerprint = new Fingerprint(new byte[32]);
        ports = new Ports(targets::find, this, (namespace, references) -> variables, this, this, this, this);
        var policy = new TenancyPolicy(Set.of("flux-system"), new Account("tenantry-system", "tenantry-platform"));
        var renderer = new Renderer((request, tree, claim) -> render(tree), "kustomize 1", this, fingerprint,
                namespace -> namespace);
        var delivery = new Delivery(this, this, new StatusComposer(clock), new Applier(2, Duration.ofSeconds(1)),
                fingerprint, target -> !lostOwnership);
        reconciliation = new Reconciliation(ports, policy, renderer, delivery,
                new Reconciliation.Timing(clock, Duration.ofSeconds(30)));
        comparison = new Comparison(ports, policy, renderer, fingerprint,
                (target, ref) -> Optional.ofNullable(memory.applied.get(ref)),
                new Comparison.Turns(1, Duration.ZERO));
        finalization = new Finalization(ports, policy, new InFlight(2), clock);
    }

    /** Put a Kustomization into the cluster, or another spec of it. */
    Target put(String spec) {
        return put(NAME, spec);
    }

    Target put(NamespacedName name, String spec) {
        Target before = targets.find(name).orElse(null);
        Target target = TargetFixture.target(name, spec, before, version++);
        targets.put(target);
        return target;
    }

    /** Put a Kustomization into the cluster as its next version. */
    Target put(Target target) {
        Target next = next(target);
        targets.put(next);
        return next;
    }

    /** Make the next version of a Kustomization, of which nobody has heard. */
    Target next(Target target) {
        return TargetFixture.withVersion(target, version++);
    }

    Target target() {
        return targets.find(NAME).orElseThrow();
    }

    Next run(Cause... causes) {
        return reconciliation.run(target(), memory, Set.of(causes));
    }

    /** Make what decides when targets run. */
    Reconciler reconciler(Predicate<NamespacedName> owned) {
        return new Reconciler(targets, ports, reconciliation, finalization,
                new Reconciler.Membership(owned, namespace -> namespace, clock));
    }

    Comparison.Result compare() {
        return comparison.compare(target());
    }

    Next delete() {
        return finalization.run(target(), memory);
    }

    void annotate(Map<String, String> annotations) {
        saved(TargetFixture.annotated(target(), annotations));
    }

    /** Let a controller write to the status of an object. */
    void statusChanges(ObjectRef ref) {
        objects.computeIfPresent(ref, (any, object) -> object.with(json -> {
            json.withObjectProperty("metadata").put("resourceVersion", String.valueOf(version++));
            return json;
        }));
    }

    /** Let somebody else make a ConfigMap, of which no watch tells. */
    void stranger(String name) {
        objects.put(configMap(name),
                Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("team", name))));
        unknown.add(configMap(name));
    }

    /** Say by kubectl that an object is to be left as it is. */
    void disable(ObjectRef ref) {
        objects.computeIfPresent(ref, (any, object) -> object.with(json -> {
            json.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put("kustomize.toolkit.fluxcd.io/reconcile", "disabled");
            return json;
        }));
        otherManagers.put(ref, "kubectl-annotate");
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** Commit another content of the source's file. */
    void commit(String content) {
        file = content;
        touch();
    }

    /** Commit something that no target reads. */
    void touch() {
        revision = "main@sha1:%040d".formatted(Integer.parseInt(revision.substring(revision.length() - 8)) + 1);
    }

    static ObjectRef configMap(String name) {
        return new ObjectRef("", "ConfigMap", "team", name);
    }

    private BuildResult render(SourceTree tree) {
        builds++;
        duringBuild.run();
        if (file.startsWith("broken")) {
            return new BuildResult.BuildFailed(BuildResult.Reason.BUILD_FAILED, "kustomize build failed: " + file,
                    inputs());
        }
        var rendered = new ArrayList<Manifest>();
        for (String line : file.isEmpty() ? new String[0] : file.split(" ")) {
            String[] parts = line.split("=");
            rendered.add(Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("team", parts[0])))
                    .with(json -> {
                        json.putObject("data").put("value", parts[1]);
                        if (ssa.containsKey(parts[0])) {
                            json.withObjectProperty("metadata")
                                    .putObject("annotations")
                                    .put("kustomize.toolkit.fluxcd.io/ssa", ssa.get(parts[0]));
                        }
                        return json;
                    }));
        }
        return new BuildResult.Built(rendered, inputs(), Duration.ofMillis(1));
    }

    private RecordedInputs inputs() {
        return RecordedInputs.of(List.of(new RecordedAnswer.Content("objects", "blob-" + file.hashCode(), 0100644)));
    }

    @Override
    public Resolution resolve(NamespacedName source) {
        return revision.isEmpty()
                ? new Resolution.NotReady("Source 'GitRepository/%s' has no artifact yet".formatted(source))
                : new Resolution.Found(new SourceRevision(source, "uid", revision, ignore));
    }

    @Override
    public Content open(SourceRevision which) {
        return new Content.Available(new SourceTree() {

            @Override
            public Optional<Entry> entry(String path) {
                return path.equals("objects")
                        ? Optional.of(new File("objects", "blob-" + file.hashCode(), 0100644))
                        : Optional.empty();
            }

            @Override
            public List<Entry> list(String folder) {
                return List.of();
            }

            @Override
            public long size(String path) {
                return read(path).length;
            }

            @Override
            public byte[] read(String path) {
                return file.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            }
        });
    }

    @Override
    public Reading complete(Target target) {
        return new Read(target);
    }

    @Override
    public void forget(NamespacedName target) {
        // Nothing is kept.
    }

    @Override
    public ObjectWriter writer(Account account) {
        accounts.add(account);
        return this;
    }

    @Override
    public ObjectRemover remover(Account account) {
        accounts.add(account);
        return this;
    }

    @Override
    public Rehearsal rehearsal(Account account) {
        accounts.add(account);
        return new FakeRehearsal(this);
    }

    @Override
    public boolean isFollowed(ObjectRef ref, String apiVersion) {
        return !unfollowed;
    }

    @Override
    public boolean isGone(Account account) {
        return accountGone;
    }

    @Override
    public Presence presence(ObjectRef ref, String apiVersion) {
        return objects.containsKey(ref) ? Presence.LIVE : Presence.MISSING;
    }

    @Override
    public void follow(Inventory inventory) {
        follows.add(applies);
    }

    @Override
    public Optional<LiveObject> live(ObjectRef ref) {
        if (unknown.contains(ref)) {
            return Optional.empty();
        }
        return unseen.contains(ref)
                ? Optional.empty()
                : Optional.ofNullable(objects.get(ref)).map(object -> describe(ref, object));
    }

    private LiveObject describe(ObjectRef ref, Manifest object) {
        return new LiveObject("uid-" + ref.name(), object.at("metadata", "resourceVersion").asText(),
                OwnerLabels.ownerOf(object.labels()).orElse(null),
                otherManagers.containsKey(ref) ? "less than we set" : "all that we set",
                deletion(object), Marker.RECONCILE_DISABLED.isOn(object),
                otherManagers.containsKey(ref)
                        ? new LiveObject.Other(otherManagers.get(ref), "{\"f:data\":{\"f:value\":{}}}")
                        : null);
    }

    private static Deletion deletion(Manifest object) {
        if (object.at("metadata", "deletionTimestamp").isTextual()) {
            return Deletion.UNDER_WAY;
        }
        return Pruner.STAYS.stream().anyMatch(marker -> marker.isOn(object)) ? Deletion.DISABLED : Deletion.ALLOWED;
    }

    @Override
    public Map<ObjectRef, NotWritten> look(Account account, Inventory desired, Inventory applied) {
        var found = new TreeMap<>(unreadable);
        found.keySet().retainAll(applied.entries().keySet());
        return found;
    }

    @Override
    public Scope scopeOf(Manifest object) {
        scopeQuestions++;
        return scope;
    }

    @Override
    public CompletionStage<WriteResult> apply(Manifest object) {
        applies++;
        if (refused.contains(object.ref())) {
            return CompletableFuture.completedFuture(new NotWritten("is refused", false));
        }
        Manifest placed = clearsNamespaces ? object.withNamespace("") : object;
        boolean created = !objects.containsKey(placed.ref());
        Manifest live = placed.with(json -> {
            json.withObjectProperty("metadata").put("resourceVersion", String.valueOf(version++));
            return json;
        });
        objects.put(live.ref(), live);
        otherManagers.remove(live.ref());
        afterApply.run();
        return CompletableFuture.completedFuture(new Written(live, "all that we set", created));
    }

    @Override
    public CompletionStage<CreateResult> create(Manifest object) {
        creates++;
        return objects.containsKey(object.ref())
                ? CompletableFuture.completedFuture(new Existing(describe(object.ref(), objects.get(object.ref()))))
                : apply(object).thenApply(CreateResult.class::cast);
    }

    @Override
    public CompletionStage<Boolean> established(Manifest definition, Duration limit) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public Optional<LiveObject> known(ObjectRef ref) {
        return live(ref);
    }

    @Override
    public CompletionStage<Removal> delete(ObjectRef ref, String apiVersion, LiveObject known) {
        Manifest live = objects.get(ref);
        return live != null && live.at("metadata", "resourceVersion").asText().equals(known.resourceVersion())
                ? delete(live)
                : CompletableFuture.completedFuture(new Changed());
    }

    @Override
    public CompletionStage<Found> find(ObjectRef ref, String apiVersion) {
        Manifest live = objects.get(clearsNamespaces ? ref.inNamespace("") : ref);
        return CompletableFuture.completedFuture(live == null ? new Absent() : new Present(live));
    }

    @Override
    public CompletionStage<Removal> delete(Manifest live) {
        if (refused.contains(live.ref())) {
            return CompletableFuture.completedFuture(new Refused("may not be deleted", forbids));
        }
        if (finalized.contains(live.ref())) {
            objects.put(live.ref(), live.with(json -> {
                json.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
                return json;
            }));
        } else {
            objects.remove(live.ref());
        }
        return CompletableFuture.completedFuture(new Deleted());
    }

    @Override
    public Result write(Target target, KustomizationStatus status) {
        if (statusesBreak) {
            throw new IllegalStateException("no status can be written");
        }
        if (superseded) {
            return new Superseded("another replica has written the status");
        }
        if (unsaved) {
            return new Unsaved("the API server does not answer");
        }
        statuses.add(status);
        return saved(new Target(target.name(), target.metadata(), target.spec(), status, target.unreadable()));
    }

    @Override
    public Result finalizer(Target target) {
        return saved(TargetFixture.withFinalizers(target, List.of(Target.FINALIZER)));
    }

    @Override
    public Result release(Target target) {
        targets.remove(target.name());
        return new Saved(TargetFixture.withFinalizers(target, List.of()));
    }

    private Saved saved(Target target) {
        return new Saved(put(target));
    }

    @Override
    public HealthReport check(NamespacedName target, Account account, Set<Check> checks) {
        var pending = new TreeMap<ObjectRef, String>(unhealthy);
        pending.keySet().retainAll(checks.stream().map(Check::ref).toList());
        var failed = new TreeMap<ObjectRef, String>(broken);
        failed.keySet().retainAll(checks.stream().map(Check::ref).toList());
        var healthy = new TreeMap<ObjectRef, String>();
        checks.forEach(check -> live(check.ref()).ifPresent(live -> healthy.put(check.ref(), live.resourceVersion())));
        healthy.keySet().removeAll(pending.keySet());
        healthy.keySet().removeAll(failed.keySet());
        looks++;
        return new HealthReport(pending, failed, healthy);
    }

    @Override
    public void end(NamespacedName target) {
        announced.add("ends health watch");
    }

    @Override
    public void delivered(Target target, RunReport.Counts counts) {
        announced.add("delivered %d changed".formatted(counts.created() + counts.configured() + counts.pruned()));
    }

    @Override
    public void ended(RunReport report) {
        reports.add(report);
        announced.add("ended " + report.outcome().reason() + " " + report.actions());
    }

    @Override
    public void driftCorrected(Target target, ObjectRef object, Drift drift) {
        announced.add("corrected " + object + drift.words());
    }

    @Override
    public void driftHeldBack(Target target, ObjectRef object, Drift drift) {
        announced.add("held back " + object + drift.words());
    }
}
