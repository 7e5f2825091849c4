package dev.tenantry.events.connector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.Consumer;
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
 * ({@code auto.commit.interval.ms}, 5 s by default, and the rest of a poll) and when a partition goes to another
 * consumer, the offset of the first record that was not acknowledged yet. So none is lost, and some may come twice.
 * <p>
 * The connector's own {@code throttled} does the same, but asks the broker for each partition's offset before its first
 * record, and that question waits for the end of a poll: either records come late, or polls are short and many, which
 * an idle process pays for.
 *
 * @param <K> of the consumer's keys
 * @param <V> of its values
 */
final class ProcessedCommit<K, V> implements KafkaCommitHandler {

    private static final Logger LOGGER = System.getLogger(ProcessedCommit.class.getName());
    private static final int DEFAULT_INTERVAL_MILLIS = 5_000;
    /** Whoever gives a partition away holds up the group until it has committed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final KafkaConsumer<K, V> consumer;
    private final int intervalMillis;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final AtomicBoolean planned = new AtomicBoolean();
    private volatile boolean closed;

    ProcessedCommit(Vertx vertx, KafkaConsumer<K, V> consumer, int intervalMillis) {
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
            return new ProcessedCommit<>(vertx, consumer, interval);
        }
    }

    @Override
    public <A, B> Uni<IncomingKafkaRecord<A, B>> received(IncomingKafkaRecord<A, B> record) {
        acknowledgements.received(partitionOf(record), record.getOffset());
        return Uni.createFrom().item(record);
    }

    @Override
    public <A, B> Uni<Void> handle(IncomingKafkaRecord<A, B> record) {
        if (acknowledgements.acknowledged(partitionOf(record), record.getOffset())) {
            plan();
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        acknowledgements.assigned(partitions);
    }

    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> last = acknowledgements.revoked(partitions);
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

    @Override
    public void terminate(boolean graceful) {
        closed = true;
    }

    private void plan() {
        if (!closed && planned.compareAndSet(false, true)) {
            vertx.setTimer(intervalMillis, timer -> commit());
        }
    }

    private void commit() {
        if (!closed) {
            consumer.runOnPollingThread((Consumer<K, V> client) -> {
                commit(client);
            })
                    .subscribe()
                    .with(nothing -> {}, failure -> LOGGER.log(Level.DEBUG, "closed meanwhile", failure));
        }
    }

    /** What is news is looked up here, where no rebalance comes between that and the commit. */
    private void commit(Consumer<K, V> client) {
        planned.set(false);
        Map<TopicPartition, OffsetAndMetadata> news = acknowledgements.news();
        if (!news.isEmpty()) {
            client.commitAsync(news, (offsets, failure) -> {
                if (failure == null) {
                    acknowledgements.committed(news);
                } else {
                    // As often as a broker is asked that is away, which BrokerWatch tells.
                    LOGGER.log(Level.DEBUG, "offsets are not committed, which is tried again", failure);
                    plan();
                }
            });
        }
    }

    private static TopicPartition partitionOf(IncomingKafkaRecord<?, ?> record) {
        return new TopicPartition(record.getTopic(), record.getPartition());
    }
}
