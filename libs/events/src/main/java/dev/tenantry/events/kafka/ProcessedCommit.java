package dev.tenantry.events.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;

/**
 * The strategy {@code processed} of the connector: commit, a while after a record was acknowledged
 * ({@code auto.commit.interval.ms}, 5 s by default) and when a partition goes to another consumer, the offset of the
 * first record that was not acknowledged yet. So none is lost, and some may come twice.
 * <p>
 * The connector's own {@code throttled} does the same, but asks the broker for each partition's offset before its first
 * record, and that question waits for the end of a poll: either records come late, or polls are short and many, and an
 * idle process spends most of its time on them.
 */
final class ProcessedCommit implements KafkaCommitHandler {

    private static final Logger LOGGER = System.getLogger(ProcessedCommit.class.getName());
    private static final int DEFAULT_INTERVAL_MILLIS = 5_000;
    /** Whoever gives a partition away holds up the group until it has committed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final KafkaConsumer<?, ?> consumer;
    private final int intervalMillis;

    private final Map<TopicPartition, Position> positions = new HashMap<>();
    private boolean planned;

    private ProcessedCommit(Vertx vertx, KafkaConsumer<?, ?> consumer, int intervalMillis) {
        this.vertx = vertx;
        this.consumer = consumer;
        this.intervalMillis = intervalMillis;
    }

    /** Makes one for each channel. */
    @ApplicationScoped
    @Identifier("processed")
    public static class Factory implements KafkaCommitHandler.Factory {

        @Override
        public KafkaCommitHandler create(KafkaConnectorIncomingConfiguration channel, Vertx vertx,
                KafkaConsumer<?, ?> consumer, BiConsumer<Throwable, Boolean> reportFailure) {
            int interval = channel.config()
                    .getOptionalValue(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, Integer.class)
                    .orElse(DEFAULT_INTERVAL_MILLIS);
            return new ProcessedCommit(vertx, consumer, interval);
        }
    }

    @Override
    public synchronized <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        positions.computeIfAbsent(partitionOf(record), any -> new Position()).open.add(record.getOffset());
        return Uni.createFrom().item(record);
    }

    @Override
    public synchronized <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        Position position = positions.get(partitionOf(record));
        // Of a partition that another consumer has by now, it commits.
        if (position != null && position.open.remove(record.getOffset())) {
            position.after = Math.max(position.after, record.getOffset() + 1);
            if (!planned) {
                planned = true;
                vertx.setTimer(intervalMillis, timer -> commit());
            }
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized void partitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
    }

    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> last = take(partitions);
        if (last.isEmpty()) {
            return;
        }
        try {
            // This is the thread that polls, so the consumer may be used.
            consumer.unwrap().commitSync(last, PATIENCE);
        } catch (KafkaException e) {
            LOGGER.log(Level.WARNING, "offsets are not committed, so some records come again partitions={0} cause={1}",
                    last.keySet(), e.getMessage());
        }
    }

    private synchronized Map<TopicPartition, OffsetAndMetadata> take(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> news = news();
        news.keySet().retainAll(partitions);
        partitions.forEach(positions::remove);
        return news;
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> news;
        synchronized (this) {
            planned = false;
            news = news();
        }
        if (!news.isEmpty()) {
            consumer.commitAsync(news)
                    .subscribe()
                    .with(nothing -> committed(news), failure -> LOGGER
                            .log(Level.WARNING, "offsets are not committed, the next ones will be cause={0}",
                                    failure.getMessage()));
        }
    }

    private synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Position position = positions.get(partition);
            if (position != null) {
                position.committed = Math.max(position.committed, offset.offset());
            }
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> news() {
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        positions.forEach((partition, position) -> {
            if (position.next() > position.committed) {
                news.put(partition, new OffsetAndMetadata(position.next()));
            }
        });
        return news;
    }

    private static TopicPartition partitionOf(IncomingKafkaRecord<?, ?> record) {
        return new TopicPartition(record.getTopic(), record.getPartition());
    }

    /** How far one partition is. */
    private static final class Position {

        private final TreeSet<Long> open = new TreeSet<>();
        private long after;
        private long committed;

        /** Give the offset of the first record that is to come again if this consumer ends now. */
        long next() {
            return open.isEmpty() ? after : open.first();
        }
    }
}
