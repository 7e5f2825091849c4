package dev.tenantry.events.kafka;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.tenantry.events.Event;
import dev.tenantry.events.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Writes events to a channel without waiting for the broker, in the trace of the current span.
 *
 * <p>What the broker does not take in time is dropped: whoever needs it reads the objects when it is back. Each event is
 * counted, by type and result.
 */
public final class EventWriter {

    private final Emitter<ProducerRecord<String, byte[]>> channel;
    private final EventCodec codec;
    private final String metric;
    private final MeterRegistry meters;

    /**
     * Write for a replica.
     *
     * @param source the CloudEvents source of its events
     * @param metric the name of the counter, such as {@code git_watcher.events}
     */
    public EventWriter(Emitter<ProducerRecord<String, byte[]>> channel, URI source, String metric,
            MeterRegistry meters) {
        this.channel = channel;
        this.codec = new EventCodec(source);
        this.metric = metric;
        this.meters = meters;
    }

    /** Send an event. */
    public void publish(Event event) {
        try {
            channel.send(Message.of(EventRecords.toProducer(codec.encode(event, null)),
                    () -> count(event, "published"),
                    failure -> count(event, "dropped")));
        } catch (IllegalStateException e) {
            // The buffer is full, or the process is ending.
            count(event, "dropped");
        }
    }

    private CompletionStage<Void> count(Event event, String result) {
        meters.counter(metric, "type", event.type(), "result", result).increment();
        return CompletableFuture.completedStage(null);
    }
}
