package dev.tenantry.gitwatcher.wiring;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.tenantry.access.RateLimit;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.gitwatcher.ContentSupply;
import dev.tenantry.gitwatcher.Deliveries;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.HookLook;
import dev.tenantry.gitwatcher.Meters;
import dev.tenantry.gitwatcher.Observer;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.PushFanout;
import dev.tenantry.gitwatcher.SourceLook;
import dev.tenantry.gitwatcher.TracedLook;
import dev.tenantry.gitwatcher.WebhookIntake;
import dev.tenantry.gitwatcher.artifact.Archives;
import dev.tenantry.gitwatcher.artifact.ArtifactUrls;
import dev.tenantry.gitwatcher.artifact.Downloads;
import dev.tenantry.gitwatcher.artifact.RecentArtifacts;
import dev.tenantry.gitwatcher.kube.KubernetesAnnotations;
import dev.tenantry.gitwatcher.kube.KubernetesEvents;
import dev.tenantry.gitwatcher.kube.KubernetesHooks;
import dev.tenantry.gitwatcher.kube.KubernetesSecrets;
import dev.tenantry.gitwatcher.kube.KubernetesSources;
import dev.tenantry.gitwatcher.messaging.SourceEvents;
import dev.tenantry.gitwatcher.poll.Limits;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.store.HistoryWriter;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.ownership.Ownership;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.common.annotation.Identifier;

/** Make what looks at sources and receivers, and say who hears of it. */
final class Looks {

    /** Receivers are looked at by reading one Secret: no host to be slow, and few at a time are quick enough. */
    private static final Limits FEW = new Limits(4, 4, 4);

    Looks() {}

    @Produces
    @Singleton
    static RecentArtifacts recent(@Identifier(Parts.SERVICE) Clock clock) {
        return new RecentArtifacts(clock);
    }

    @Produces
    @Singleton
    static Meters meters(MeterRegistry registry, @Identifier("git-watcher-sources") Schedule schedule,
            RepositoryStore store) {
        return new Meters(registry, schedule, store);
    }

    @Produces
    @Singleton
    static KubernetesEvents events(@Identifier(Parts.SERVICE) ObjectApi api, @Identifier(Parts.SERVICE) Clock clock) {
        return new KubernetesEvents(api, clock);
    }

    /** The others come first: an event must not wait for what is only there to be read later. */
    @Produces
    @Singleton
    static Observers observers(SourceEvents events, RecentArtifacts recent, HistoryWriter history, Meters meters,
            KubernetesEvents kubernetes) {
        return new Observers(List.of(events, recent(recent), kubernetes, history, meters));
    }

    @Produces
    @Singleton
    static TracedLook look(KubernetesSources sources, SourceLook.Content content, Observers observers, Tracer tracer,
            @Identifier(Parts.SERVICE) Clock clock) {
        return new TracedLook(new SourceLook(sources, content, observers.list(), tracer, clock)::look, tracer);
    }

    @Produces
    @Singleton
    static SourceLook.Content content(Fetcher fetcher, Archives archives, ArtifactUrls urls) {
        return new SourceLook.Content(fetcher, archives, urls);
    }

    @Produces
    @Singleton
    @Identifier("git-watcher-receivers")
    static Schedule schedule(GitWatcherConfig config, @Identifier(Parts.SERVICE) Clock clock) {
        return new Schedule(FEW, Parts.pace(config), clock, new SplittableRandom());
    }

    @Produces
    @Singleton
    static OwnedHooks owned(@Identifier(Parts.SERVICE) Ownership ownership,
            @Identifier("git-watcher-receivers") Schedule schedule, KubernetesHooks hooks,
            @Identifier(Parts.SERVICE) Clock clock) {
        return new OwnedHooks(ownership, schedule, hooks, clock);
    }

    @Produces
    @Singleton
    static HookLook look(KubernetesHooks hooks, KubernetesSecrets secrets, GitWatcherConfig config,
            @Identifier(Parts.SERVICE) Clock clock) {
        return new HookLook(hooks, secrets, platformNamespaces(config), clock);
    }

    @Produces
    @Singleton
    static PushFanout fanout(OwnedSources owned, KubernetesSources sources, SourceEvents events,
            @Identifier(Parts.SERVICE) ObjectApi api, GitWatcherConfig config) {
        return new PushFanout(owned, sources, events, new KubernetesAnnotations(api),
                platformNamespaces(config));
    }

    @Produces
    @Singleton
    @Identifier("git-watcher-all")
    static Deliveries deliveries(PushFanout fanout, HistoryWriter history, Meters meters) {
        List<Deliveries> all = List.of(fanout, history, meters);
        return (hook, delivery, traceparent) -> all.forEach(each -> each.delivered(hook, delivery, traceparent));
    }

    @Produces
    @Singleton
    static WebhookIntake intake(KubernetesHooks hooks, KubernetesSecrets secrets, GitWatcherConfig config,
            @Identifier("git-watcher-all") Deliveries deliveries, @Identifier(Parts.SERVICE) Clock clock) {
        RateLimit limit = new RateLimit(config.webhooks().burst(), config.webhooks().refill(), clock);
        return new WebhookIntake(hooks, secrets, limit, deliveries, clock);
    }

    @Produces
    @Singleton
    static Downloads downloads(ArtifactUrls urls, Archives archives, RecentArtifacts recent, ContentSupply supply,
            GitWatcherConfig config) {
        return new Downloads(urls, archives, recent, supply::has, config.dataDirectory().resolve("downloads"));
    }

    @Produces
    @Singleton
    static ContentSupply supply(KubernetesSources sources, Fetcher fetcher, RepositoryStore store) {
        return new ContentSupply(sources, fetcher, store);
    }

    private static Observer recent(RecentArtifacts recent) {
        return observation -> {
            var before = observation.source().status().artifact();
            if (before != null && !before.equals(observation.written().artifact())) {
                recent.replaced(observation.source().name(), before);
            }
        };
    }

    /** Who hears of looks, in order. */
    record Observers(List<Observer> list) {}

    private static Set<String> platformNamespaces(GitWatcherConfig config) {
        Set<String> namespaces = new HashSet<>(config.platformNamespaces());
        namespaces.add(config.namespace());
        return namespaces;
    }
}
