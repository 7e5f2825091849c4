package dev.tenantry.secretsservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Event;
import dev.tenantry.events.Reading;
import dev.tenantry.events.SealingKeyUnexported;
import dev.tenantry.events.SecretUnsealed;
import dev.tenantry.events.Topics;
import dev.tenantry.events.UnsealFailed;
import dev.tenantry.events.kafka.EventRecords;
import dev.tenantry.secretsservice.key.Fingerprint;
import dev.tenantry.secretsservice.key.KeyPair;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(RealServers.class)
class EventsIT {

    @Inject
    KubernetesClient client;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private TestCluster cluster;
    private KafkaConsumer<String, byte[]> consumer;
    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void start() {
        cluster = new TestCluster(client);
        cluster.key();
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = IntStream.range(0, Topics.SECRETS.partitions())
                .mapToObj(partition -> new TopicPartition(Topics.SECRETS.name(), partition))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    @AfterEach
    void stop() {
        consumer.close();
    }

    @Test
    void whatWasOpenedIsToldWithItsKey() {
        // When
        cluster.seal("db", Map.of("password", "wonderland"));

        // Then
        String fingerprint = Fingerprint.of(cluster.key()).text();
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(about("db")).singleElement()
                        .isInstanceOfSatisfying(SecretUnsealed.class,
                                event -> assertThat(event.fingerprints()).containsExactly(fingerprint)));
    }

    @Test
    void whatCannotBeOpenedIsToldOnceWithItsItems() {
        // When
        cluster.apply(cluster.sealed("db", Map.of("password", "wonderland")).with(json -> {
            json.withObjectProperty("metadata").put("name", "moved");
            return json;
        }));

        // Then
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(about("moved")).singleElement()
                        .isInstanceOfSatisfying(UnsealFailed.class, event -> {
                            assertThat(event.reason()).isEqualTo("NoMatchingKey");
                            assertThat(event.items()).containsExactly("password");
                        }));
    }

    @Test
    void aKeyThatIsNowhereElseIsTold() {
        // When
        KeyPair pair = OtherKeys.store(client, "told");

        // Then
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(about(RealServers.KEYS, "told")).singleElement()
                        .isInstanceOfSatisfying(SealingKeyUnexported.class,
                                event -> assertThat(event.fingerprint()).isEqualTo(pair.fingerprint().text())));
        OtherKeys.remove(client, "told");
    }

    private List<Event> about(String name) {
        return about(cluster.namespace(), name);
    }

    private List<Event> about(String namespace, String name) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> {
            if (EventRecords.read(record) instanceof Reading.Decoded decoded) {
                events.add(decoded.event());
            }
        });
        return events.stream().filter(event -> event.partitionKey().equals(namespace + "/" + name)).toList();
    }
}
