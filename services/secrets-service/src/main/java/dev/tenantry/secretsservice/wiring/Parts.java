package dev.tenantry.secretsservice.wiring;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.tenantry.access.AccessGuard;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.PartitionAssignment;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.ownership.LeaseElection;
import dev.tenantry.kubernetes.ownership.Ownership;
import dev.tenantry.kubernetes.ownership.ReplicaName;
import dev.tenantry.secretsservice.Corrections;
import dev.tenantry.secretsservice.Intake;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.Meters;
import dev.tenantry.secretsservice.Objects;
import dev.tenantry.secretsservice.Observer;
import dev.tenantry.secretsservice.Opener;
import dev.tenantry.secretsservice.Report;
import dev.tenantry.secretsservice.SealedSecrets;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.Turn;
import dev.tenantry.secretsservice.http.RequestLimit;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.kube.KubernetesEvents;
import dev.tenantry.secretsservice.kube.KubernetesKeys;
import dev.tenantry.secretsservice.kube.KubernetesSealedSecrets;
import dev.tenantry.secretsservice.kube.KubernetesSecrets;
import dev.tenantry.secretsservice.messaging.Replica;
import dev.tenantry.secretsservice.messaging.SecretEvents;
import dev.tenantry.secretsservice.queue.OpeningQueue;
import dev.tenantry.secretsservice.queue.Pauses;
import dev.tenantry.secretsservice.rotation.KeyCustodian;
import dev.tenantry.secretsservice.rotation.Rotation;
import dev.tenantry.secretsservice.sealing.Unsealer;
import dev.tenantry.secretsservice.template.TemplateWorkers;
import dev.tenantry.workers.WorkerBinary;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;

/** Make the parts that configuration shapes. Those of shared types carry the service's name, for standalone. */
final class Parts {

    static final String SERVICE = "secrets-service";

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
    static AccessGuard guard(SecretsServiceConfig config, @ConfigProperty(name = "quarkus.http.host") String host,
            @Identifier(SERVICE) ObjectApi api) {
        return AccessGuard.of(SERVICE, config.access(), host, api);
    }

    @Produces
    @Singleton
    static Replica replica(SecretsServiceConfig config) {
        return new Replica(config.replica().orElseGet(ReplicaName::ofHost));
    }

    @Produces
    @Singleton
    @Identifier(SERVICE)
    static Ownership ownership(SecretsServiceConfig config, @Identifier(SERVICE) Clock clock) {
        return new Ownership(Topics.SECRETS.partitions(), sealed -> Topics.SECRETS.partitionOf(sealed.toString()),
                config.brokerPatience(), clock);
    }

    @Produces
    @Singleton
    @Identifier("secrets-service-secrets")
    static KafkaConsumerRebalanceListener assignment(@Identifier(SERVICE) Ownership ownership) {
        return new PartitionAssignment(ownership::assigned, ownership::revoked, ownership::lost);
    }

    /** Try for the service's Lease while there is no broker. */
    @Produces
    @Singleton
    @Identifier(SERVICE)
    static LeaseElection election(KubernetesClient client, SecretsServiceConfig config,
            @Identifier(SERVICE) Ownership ownership, Replica replica, @Identifier(SERVICE) Clock clock) {
        return LeaseElection.of(client, new NamespacedName(config.namespace(), SERVICE), ownership, replica.name(),
                clock);
    }

    @Produces
    @Singleton
    static Keys keys() {
        return new Keys();
    }

    @Produces
    @Singleton
    static TemplateWorkers templates(SecretsServiceConfig config) throws IOException {
        SecretsServiceConfig.Templates templates = config.templates();
        return new TemplateWorkers(WorkerBinary.find(TemplateWorkers.PROGRAM), templates.workers(), templates.timeout(),
                templates.mostBytes());
    }

    static void close(@Disposes TemplateWorkers templates) {
        templates.close();
    }

    @Produces
    @Singleton
    static Unsealer unsealer(TemplateWorkers templates, SecretsServiceConfig config) {
        return new Unsealer(templates, config.acceptOldData());
    }

    @Produces
    @Singleton
    static RequestLimit limit(SecretsServiceConfig config, @Identifier(SERVICE) Clock clock) {
        return new RequestLimit(config.http(), clock);
    }

    @Produces
    @Singleton
    static KubernetesSealedSecrets sealedSecrets(@Identifier(SERVICE) ObjectApi api, SecretsServiceConfig config) {
        return new KubernetesSealedSecrets(api, config.watchLabelSelector().orElse(""));
    }

    @Produces
    @Singleton
    static KubernetesSecrets secrets(@Identifier(SERVICE) ObjectApi api, SealedSecrets sealedSecrets) {
        return new KubernetesSecrets(api, name -> sealedSecrets.known(name).isPresent());
    }

    @Produces
    @Singleton
    static KubernetesKeys storedKeys(@Identifier(SERVICE) ObjectApi api, SecretsServiceConfig config,
            @Identifier(SERVICE) Clock clock) {
        return new KubernetesKeys(api, config.keys().namespace().orElse(config.namespace()), config.keys(),
                KubernetesEvents.recorder(api, clock), clock);
    }

    @Produces
    @Singleton
    static Objects objects(KubernetesSealedSecrets sealedSecrets, KubernetesSecrets secrets) {
        return new Objects(sealedSecrets, secrets);
    }

    @Produces
    @Singleton
    static Report report(Objects objects, Keys keys) {
        return new Report(objects, keys);
    }

    @Produces
    @Singleton
    static Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    @Produces
    @Singleton
    static Turn turn(Objects objects, Unsealer unsealer, Keys keys, Observers observers,
            @Identifier(SERVICE) Clock clock) {
        Opener opener = new Opener(unsealer, keys::ring, objects.secrets());
        return new Turn(objects.sealedSecrets(), opener, observers.list(), clock);
    }

    /** The others come first: an event must not wait for what is only there to be read later. */
    @Produces
    @Singleton
    static Observers observers(SecretEvents events, Meters meters, @Identifier(SERVICE) ObjectApi api,
            @Identifier(SERVICE) Clock clock) {
        return new Observers(List.of(events, meters, new KubernetesEvents(KubernetesEvents.recorder(api, clock))));
    }

    @Produces
    @Singleton
    static OpeningQueue queue(SecretsServiceConfig config, Turn turn) {
        return new OpeningQueue(config.concurrency(), new Pauses(config.retry().first(), config.retry().longest()),
                turn::take);
    }

    @Produces
    @Singleton
    static Corrections corrections(SecretsServiceConfig config, @Identifier(SERVICE) Clock clock) {
        return new Corrections(config.recreate(), clock);
    }

    @Produces
    @Singleton
    static Intake intake(@Identifier(SERVICE) Ownership ownership, Objects objects, Turn turn, OpeningQueue queue,
            Corrections corrections) {
        return new Intake(ownership, objects, turn, queue, corrections);
    }

    @Produces
    @Singleton
    static KeyCustodian custodian(Keys keys, KubernetesKeys stored, SecretEvents events, SecretsServiceConfig config,
            @Identifier(SERVICE) Clock clock) {
        Rotation rotation = new Rotation(config.keys().renewAfter(), config.keys().cutoffTime().map(Parts::cutoff));
        return new KeyCustodian(keys, rotation, config.keys().remindEvery(), new KeyCustodian.KeyStore() {

            @Override
            public KeyPair generate() {
                return stored.generate();
            }

            @Override
            public StoredKey keep(KeyPair pair, Set<String> namespaces) {
                return stored.keep(pair, namespaces);
            }

            @Override
            public void remind(StoredKey key) {
                stored.remind(key);
                events.unexported(key);
            }
        }, clock);
    }

    /** Who hears of turns, in order. */
    record Observers(List<Observer> list) {}

    private static Instant cutoff(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("secrets-service.keys.cutoff-time is '" + text
                    + "', and has to be a time as in Sun, 01 Nov 2026 12:00:00 GMT", e);
        }
    }
}
