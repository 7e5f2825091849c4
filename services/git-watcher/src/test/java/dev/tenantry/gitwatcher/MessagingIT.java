package dev.tenantry.gitwatcher;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Cause;
import dev.tenantry.events.EventCodec;
import dev.tenantry.events.ReconcileRequested;
import dev.tenantry.events.RevisionObserved;
import dev.tenantry.events.Subject;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.EventRecords;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What other replicas, and strangers, publish on the topic of sources. */
@QuarkusTest
@WithTestResource(RealServers.class)
class MessagingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Inject
    KubernetesClient client;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private GitServer server;
    private TestRepository repository;
    private TestCluster cluster;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start() {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n").commit("Add the app");
        cluster = new TestCluster(client);
        cluster.source("apps", "url: " + repository.url() + "\nref: {branch: main}\ninterval: 1h\n");
        cluster.awaitReady("apps");
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        server.close();
    }

    @Test
    void aRequestOfAnotherReplicaIsFollowedInItsTrace() {
        try (PublishedEvents events = new PublishedEvents(bootstrapServers)) {
            // Given
            String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

            // When
            producer.send(request("00-" + TRACE + "-00f067aa0ba902b7-01"));

            // Then
            cluster.awaitRevision("apps", "main@sha1:" + commit);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.about(cluster.namespace(), "apps"))
                            .filteredOn(event -> event.event() instanceof RevisionObserved)
                            .singleElement()
                            .satisfies(event -> assertThat(event.attributes().traceparent())
                                    .startsWith("00-" + TRACE + "-")));
        }
    }

    @Test
    void aPoisonRecordIsADeadLetterAndWhatComesAfterItIsHandled() {
        // Given
        String key = cluster.namespace() + "/apps";
        int partition = Topics.SOURCES.partitionOf(key);
        String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");
        ProducerRecord<String, byte[]> unknown = request(null);
        unknown.headers().remove("ce_type").add("ce_type", "dev.tenantry.from-the-future.v9".getBytes(UTF_8));

        // When
        producer.send(new ProducerRecord<>("sources", partition, key, "no event".getBytes(UTF_8)));
        producer.send(unknown);
        producer.send(request(null));

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
        assertThat(deadLetter(key)).satisfies(letter -> {
            assertThat(letter.value()).isEqualTo("no event".getBytes(UTF_8));
            assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), UTF_8))
                    .contains("not a CloudEvent 1.0");
        });
        for (String result : List.of("unreadable", "unknown-type", "event")) {
            given().get("/q/metrics")
                    .then()
                    .body(containsString("tenantry_events_consumed_total{consumer=\"git-watcher\",result=\"" + result
                            + "\",topic=\"sources\"}"));
        }
    }

    private ProducerRecord<String, byte[]> request(@Nullable String traceparent) {
        var event = new ReconcileRequested(new Subject("source.toolkit.fluxcd.io", "GitRepository",
                cluster.namespace(), "apps", null), Cause.WEBHOOK, Instant.now(), null);
        return EventRecords.toProducer(new EventCodec(URI.create("/git-watcher/another")).encode(event, traceparent));
    }

    private ConsumerRecord<String, byte[]> deadLetter(String key) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(Topics.deadLetter(Topics.SOURCES).name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
                return !found.isEmpty();
            });
        }
        return found.getFirst();
    }
}
