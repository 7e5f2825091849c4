package dev.tenantry.reconciler.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tenantry.access.AccessGuard;
import dev.tenantry.events.Partitioner;
import dev.tenantry.events.Topics;
import dev.tenantry.git.ContentClient;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.ownership.LeaseElection;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.reconciler.Announcer;
import dev.tenantry.reconciler.Announcers;
import dev.tenantry.reconciler.Assignment;
import dev.tenantry.reconciler.BuildRecords;
import dev.tenantry.reconciler.Cluster;
import dev.tenantry.reconciler.Comparison;
import dev.tenantry.reconciler.Config;
import dev.tenantry.reconciler.Ports;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.ReconcilerFactory;
import dev.tenantry.reconciler.StatusWriter;
import dev.tenantry.reconciler.Targets;
import dev.tenantry.reconciler.TenancyPolicy;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.Applier;
import dev.tenantry.reconciler.build.BuildLimits;
import dev.tenantry.reconciler.build.Builder;
import dev.tenantry.reconciler.inventory.InventoryLayout;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.queue.Limits;
import dev.tenantry.reconciler.queue.WorkQueue;
import dev.tenantry.reconciler.source.KnownSources;
import dev.tenantry.workers.WorkerBinary;
import dev.tenantry.workers.WorkerPool;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/** Put the reconciler together at start, and take it apart at the end. */
@Startup
@ApplicationScoped
public class ReconcilerShell {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReconcilerShell.class);
    /** How long a replica without an assignment waits for the broker before it tries for the Lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** For how long after a team's run the others leave time to spare for its next. */
    private static final Duration SHARING = Duration.ofMinutes(1);
    /** How long what runs may go on at the end; most runs take milliseconds, a build may take a minute. */
    private static final Duration LAST_RUNS = Duration.ofSeconds(10);

    private final Clock clock = Clock.systemUTC();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("reconciler-timer").factory());
    private final Targets targets = new Targets();
    /** Known once the API server answers, and waited for by nothing before the first run. */
    private final CompletableFuture<byte[]> fingerprintKey = new CompletableFuture<>();
    private final Config config;
    private final ObjectApi api;
    private final ContentClient contents;
    private final WorkerPool workers;
    private final KnownSources sources;
    private final LiveObjects live;
    private final HealthWatches health;
    private final Ownership ownership;
    private final LeaseElection election;
    private final Reconciler reconciler;
    private final WorkQueue queue;
    private final ClusterWatches watches;
    private final Cluster cluster;
    private final StatusWriter statuses;
    private final ServedKinds kinds;
    private final Comparison comparison;

    ReconcilerShell(KubernetesClient client, Config config, BuildRecords records, @Any Instance<Announcer> announcers)
            throws IOException, InterruptedException {
        this.config = config;
        this.api = ObjectApi.of(client);
        var discovery = new Discovery(api);
        Files.createDirectories(config.data());
        this.contents = ContentClient
                .open(ContentClient.Settings.in(config.data().resolve("repositories"), token(config)));
        this.workers = new WorkerPool(WorkerBinary.find(Builder.WORKER), config.build().workers(),
                config.build().workerMemory() * 1024L * 1024);
        this.sources = new KnownSources(contents, config.gitWatcher().url(), config.gitWatcher().timeout());
        this.live = new LiveObjects(api, this::objectChanged);
        this.health = new HealthWatches(api, discovery, clock, timer, target -> reconciler().healthChanged(target));
        this.ownership = new Ownership(Topics.TARGETS.partitions(),
                target -> Partitioner.partition(target.toString(), Topics.TARGETS.partitions()), PATIENCE, clock);
        var assignment = new Assignment(ownership, records, this::reconciler, executor);
        this.election = LeaseElection.of(client, new NamespacedName(config.namespace(), "reconciler"), ownership,
                UUID.randomUUID().toString(), clock);

        var all = new ArrayList<Announcer>();
        all.add(new EventAnnouncer(api, clock));
        announcers.forEach(all::add);
        var teams = new Teams();
        this.cluster = new KubeCluster(api, discovery, live);
        this.kinds = new ServedKinds(discovery);
        this.statuses = new KubeStatusWriter(api, new InventoryLayout(config.inventory().bytesInStatus()),
                new InventoryParts(api, clock), target -> reconciler().targetSeen(target));
        var ports = new Ports(targets::find, sources, new KubeVariableReader(api), cluster, health, statuses,
                new Announcers(all));
        var limits = new Limits(config.runs().total(), config.runs().perTeam(), config.runs().perTeamSharing(),
                SHARING);
        var settings = new ReconcilerFactory.Settings(limits,
                new Applier(config.runs().objects(), config.runs().establish()), config.dependencyRetry(),
                policy(config));
        var rendering = new ReconcilerFactory.Rendering(
                new Builder(workers, BuildLimits.standard().within(config.build().timeout())), workers.version(),
                new Fingerprint(fingerprintKey), teams::of);
        this.reconciler = ReconcilerFactory.create(targets, ports, settings, rendering,
                new Reconciler.Membership(assignment::owns, teams::of, clock));
        // One worker is always left to the runs, where there are several.
        this.comparison = ReconcilerFactory.comparison(reconciler, ports, settings, rendering,
                Math.max(1, config.build().workers() - 1));
        this.queue = ReconcilerFactory.start(reconciler, limits, new ReconcilerFactory.Threads(executor, timer));
        this.watches = new ClusterWatches(api, reconciler, sources, teams, executor);
    }

    private static TenancyPolicy policy(Config config) {
        Set<String> platform = new HashSet<>(config.platformNamespaces());
        platform.add(config.namespace());
        return new TenancyPolicy(platform, new Account(config.namespace(), config.platformAccount()));
    }

    private static Supplier<String> token(Config config) {
        return () -> config.gitWatcher()
                .tokenFile()
                .map(ReconcilerShell::read)
                .or(() -> config.gitWatcher().token())
                .orElse("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token for git-watcher in " + file, e);
        }
    }

    private Reconciler reconciler() {
        return reconciler;
    }

    private void objectChanged(NamespacedName owner, ObjectRef ref, @Nullable LiveObject now) {
        reconciler.applied(owner, ref)
                .filter(applied -> now == null || !applied.managed().equals(now.managed()))
                .ifPresent(applied -> reconciler.objectChanged(owner));
    }

    void start(@Observes StartupEvent event) {
        election.start();
        executor.execute(this::follow);
    }

    /** Runs begin with what the watches tell. */
    private void follow() {
        try {
            fingerprintKey.complete(FingerprintKey.await(api, config.namespace()));
            watches.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        if (!queue.drain(LAST_RUNS)) {
            LOGGER.info("runs are cut off, and done again by the next owner running={}", queue.load().running());
        }
        for (AutoCloseable part : List.<AutoCloseable>of(watches, live, health, election, workers, contents)) {
            part.close();
        }
        executor.shutdownNow();
        timer.shutdownNow();
    }

    @Produces
    @Singleton
    Reconciler produceReconciler() {
        return reconciler;
    }

    @Produces
    @Singleton
    Targets produceTargets() {
        return targets;
    }

    @Produces
    @Singleton
    ContentClient produceContents() {
        return contents;
    }

    @Produces
    @Singleton
    KnownSources produceSources() {
        return sources;
    }

    @Produces
    @Singleton
    SourceLookup produceSourceLookup() {
        return new SourceLookup(api, sources, reconciler, executor);
    }

    @Produces
    @Singleton
    Comparison produceComparison() {
        return comparison;
    }

    @Produces
    @Singleton
    Cluster produceCluster() {
        return cluster;
    }

    @Produces
    @Singleton
    StatusWriter produceStatuses() {
        return statuses;
    }

    @Produces
    @Singleton
    ServedKinds produceKinds() {
        return kinds;
    }

    @Produces
    @Singleton
    RunRequests produceRequests() {
        return new RunRequests(api, clock);
    }

    @Produces
    @Singleton
    AccessGuard produceGuard(@ConfigProperty(name = "quarkus.http.host") String host) {
        return AccessGuard.of("reconciler", config.access(), host, api);
    }

    /** Other services of the same process have an ownership of their own. */
    @Produces
    @Singleton
    @Identifier("reconciler")
    Ownership produceOwnership() {
        return ownership;
    }

    @Produces
    @Singleton
    WorkQueue produceQueue() {
        return queue;
    }
}
