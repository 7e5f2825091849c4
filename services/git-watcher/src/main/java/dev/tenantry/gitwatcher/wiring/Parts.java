package dev.tenantry.gitwatcher.wiring;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.tenantry.access.AccessGuard;
import dev.tenantry.access.Authenticator;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.PartitionAssignment;
import dev.tenantry.git.ContentServer;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.StoreSettings;
import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.GoneSources;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.artifact.Archives;
import dev.tenantry.gitwatcher.artifact.ArtifactUrls;
import dev.tenantry.gitwatcher.artifact.SigningKey;
import dev.tenantry.gitwatcher.kube.KubernetesHooks;
import dev.tenantry.gitwatcher.kube.KubernetesSecrets;
import dev.tenantry.gitwatcher.kube.KubernetesSources;
import dev.tenantry.gitwatcher.messaging.Replica;
import dev.tenantry.gitwatcher.poll.Limits;
import dev.tenantry.gitwatcher.poll.Pace;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.repository.AddressRange;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.repository.OutboundPolicy;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.ownership.LeaseElection;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.kubernetes.ownership.ReplicaName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** Make the parts that configuration shapes. Those of shared types carry the service's name, for standalone. */
final class Parts {

    static final String SERVICE = "git-watcher";
    private static final String AUDIENCE = "git-watcher";
    private static final Duration TOKEN_KNOWN_FOR = Duration.ofSeconds(10);

    Parts() {}

    @Produces
    @Singleton
    @Identifier(SERVICE)
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Identifier(SERVICE)
    static ObjectApi api(KubernetesClient client) {
        return ObjectApi.of(client);
    }

    @Produces
    @Singleton
    static AccessGuard guard(GitWatcherConfig config, @ConfigProperty(name = "quarkus.http.host") String host,
            @Identifier(SERVICE) ObjectApi api) {
        return AccessGuard.of(SERVICE, config.access(), host, api);
    }

    /** Tell consumers of content from everybody else, by tokens that are good for nothing but this service. */
    @Produces
    @Singleton
    @Identifier(SERVICE)
    static Authenticator consumers(GitWatcherConfig config, @Identifier(SERVICE) ObjectApi api) {
        return new Authenticator(api, List.of(AUDIENCE), config.consumerToken(), TOKEN_KNOWN_FOR);
    }

    @Produces
    @Singleton
    static Replica replica(GitWatcherConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        String name = config.replica().orElseGet(ReplicaName::ofHost);
        return new Replica(name, config.advertisedUrl().orElseGet(() -> URI.create("http://localhost:" + port)));
    }

    @Produces
    @Singleton
    @Identifier(SERVICE)
    static Ownership ownership(GitWatcherConfig config, @Identifier(SERVICE) Clock clock) {
        return new Ownership(Topics.SOURCES.partitions(), source -> Topics.SOURCES.partitionOf(source.toString()),
                config.brokerPatience(), clock);
    }

    @Produces
    @Singleton
    @Identifier("git-watcher-sources")
    static KafkaConsumerRebalanceListener assignment(@Identifier(SERVICE) Ownership ownership) {
        return new PartitionAssignment(ownership::assigned, ownership::revoked, ownership::lost);
    }

    /** Try for the service's Lease while there is no broker. */
    @Produces
    @Singleton
    @Identifier(SERVICE)
    static LeaseElection election(KubernetesClient client, GitWatcherConfig config,
            @Identifier(SERVICE) Ownership ownership, Replica replica, @Identifier(SERVICE) Clock clock) {
        return LeaseElection.of(client, new NamespacedName(config.namespace(), SERVICE), ownership, replica.name(),
                clock);
    }

    @Produces
    @Singleton
    static RepositoryStore store(GitWatcherConfig config) throws IOException {
        GitWatcherConfig.Repositories limits = config.repositories();
        return RepositoryStore.open(StoreSettings.in(config.dataDirectory().resolve("repositories"))
                .withAddresses(
                        new OutboundPolicy(config.allowLoopback(), config.allowLinkLocal(), config.allowCluster(),
                                config.clusterRanges().stream().map(AddressRange::new).toList()))
                .withInsecureHttp(config.allowHttp())
                .withLimits(limits.mostBytesOfFetch(), limits.mostBytesOfObject(), limits.mostBytes())
                .withMaxEntries(limits.mostEntries()));
    }

    static void close(@Disposes RepositoryStore store) {
        store.close();
    }

    @Produces
    @Singleton
    static ContentServer contentServer(RepositoryStore store) {
        return new ContentServer(store);
    }

    @Produces
    @Singleton
    static Archives archives(RepositoryStore store) {
        return new Archives(store);
    }

    @Produces
    @Singleton
    static ArtifactUrls urls(GitWatcherConfig config, Replica replica) throws IOException {
        SigningKey key = config.installationKey().isPresent()
                ? SigningKey.of(config.installationKey().get())
                : SigningKey.keptIn(config.dataDirectory().resolve("installation.key"));
        return new ArtifactUrls(key, replica.serves());
    }

    @Produces
    @Singleton
    static KubernetesSecrets secrets(@Identifier(SERVICE) ObjectApi api) {
        return new KubernetesSecrets(api);
    }

    @Produces
    @Singleton
    static KubernetesSources sources(@Identifier(SERVICE) ObjectApi api) {
        return new KubernetesSources(api);
    }

    @Produces
    @Singleton
    static KubernetesHooks hooks(@Identifier(SERVICE) ObjectApi api) {
        return new KubernetesHooks(api);
    }

    @Produces
    @Singleton
    static Fetcher fetcher(RepositoryStore store, KubernetesSecrets secrets) {
        return new Fetcher(store, secrets);
    }

    @Produces
    @Singleton
    static GoneSources gone(KubernetesSources sources, RepositoryStore store) {
        return new GoneSources(sources, store);
    }

    @Produces
    @Singleton
    @Identifier("git-watcher-sources")
    static Schedule schedule(GitWatcherConfig config, @Identifier(SERVICE) Clock clock) {
        return new Schedule(
                new Limits(config.concurrency(), config.concurrencyOfNamespace(), config.concurrencyOfHost()),
                pace(config), clock, new SplittableRandom());
    }

    @Produces
    @Singleton
    static OwnedSources owned(@Identifier(SERVICE) Ownership ownership,
            @Identifier("git-watcher-sources") Schedule schedule, KubernetesSources sources,
            @Identifier(SERVICE) Clock clock) {
        return new OwnedSources(ownership, schedule, sources, clock);
    }

    static Pace pace(GitWatcherConfig config) {
        return new Pace(config.jitter(), config.retry().first(), config.retry().longest());
    }
}
