package dev.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

    @TempDir
    Path data;

    @Test
    void recordsSurviveThatTheBrokerGoesAndComesBack() throws Exception {
        // Given
        try (Broker broker = Broker.start(data, 0)) {
            String address = broker.bootstrapServers();
            createTopic(address);
            send(address, "before");

            // When
            broker.stop();
            broker.start();
            send(address, "after");

            // Then
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(read(address)).containsExactly("before", "after");
        }
    }

    @Test
    void recordsSurviveInTheFolderOfALaterBroker() throws Exception {
        // Given
        try (Broker broker = Broker.start(data, 0)) {
            createTopic(broker.bootstrapServers());
            send(broker.bootstrapServers(), "kept");
        }

        // When
        try (Broker later = Broker.start(data, 0)) {

            // Then
            assertThat(read(later.bootstrapServers())).containsExactly("kept");
        }
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("things", 64, (short) 1))).all().get();
        }
    }

    private static void send(String address, String value) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", address), new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("things", 0, "key", value)).get();
        }
    }

    private static List<String> read(String address) {
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest"),
                new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition("things", 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            var values = new ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
