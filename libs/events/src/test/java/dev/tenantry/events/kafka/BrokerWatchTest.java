package dev.tenantry.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.Topics;

class BrokerWatchTest {

    private final Logger logger = Logger.getLogger(BrokerWatch.class.getName());
    private final Warnings warnings = new Warnings();

    @BeforeEach
    void listen() {
        logger.addHandler(warnings);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(warnings);
    }

    @Test
    void whyABrokerWasNeverThereIsToldOnce() {
        // Given
        Map<String, Object> settings = Map.of("bootstrap.servers", "an address without a port");

        // When
        try (BrokerWatch watch = BrokerWatch.start(settings, Topics.all(), () -> {}, Clock.systemUTC())) {

            // Then
            await().until(() -> !warnings.messages.isEmpty());
            await().during(Duration.ofSeconds(3)).until(() -> warnings.messages.size() == 1);
            assertThat(warnings.messages.getFirst()).contains("does not answer", "an address without a port");
            assertThat(watch.describe()).startsWith("does not answer since");
        }
    }

    /** Keep what is logged as a warning. */
    private static final class Warnings extends Handler {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() == Level.WARNING.intValue()) {
                messages.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
