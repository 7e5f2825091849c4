package dev.tenantry.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/**
 * A Kafka broker (KRaft, its own controller) in this process.
 *
 * <p>Listens on loopback only, without authentication: whoever can log in to this machine can publish, and by the
 * events' contract deploys nothing by it. Its data stays in its folder, so that a later broker on the folder goes on.
 */
public final class Broker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int MIB = 1024 * 1024;

    private final Path data;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private Broker(Path data, int port, int controllerPort) {
        this.data = data;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /**
     * Start a broker and wait until it answers.
     *
     * @param data its folder, created if missing
     * @param port the port for clients, or 0 for a free one
     * @throws IllegalStateException if it does not start, with Kafka's exception as cause
     */
    public static Broker start(Path data, int port) {
        var broker = new Broker(data, port == 0 ? FreePort.onLoopback() : port, FreePort.onLoopback());
        broker.start();
        return broker;
    }

    /** Return its address, for {@code kafka.bootstrap.servers}; the same after a stop and a start. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Start again, on the same port and data; no effect if it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            format();
            var started = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
            started.startup();
            server = started;
        } catch (Exception e) {
            // The formatter declares Exception, and Scala throws checked exceptions without declaring them.
            throw new IllegalStateException("The embedded Kafka broker did not start on " + data, e);
        }
    }

    /** Stop, and wait until all is written; clients see a broker that went away. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void format() throws Exception {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    /** List what differs from Kafka's defaults: one node, loopback, and buffers and threads for a small machine. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", data.toString());
        settings.put("listeners", "CLIENTS://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort));
        settings.put("advertised.listeners", "CLIENTS://%s:%d".formatted(HOST, port));
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort));

        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.segment.bytes", Integer.toString(8 * MIB));
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        // A first member need not wait for others: there are few, and a rebalance is cheap.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // After a kill, the controller lets the broker in again when its session before the kill has ended.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // A lone controller need not write twice a second to tell others that it is there.
        settings.put("metadata.max.idle.interval.ms", "0");

        settings.put("log.segment.bytes", Integer.toString(16 * MIB));
        settings.put("log.index.size.max.bytes", Integer.toString(256 * 1024));
        settings.put("metadata.log.segment.bytes", Integer.toString(8 * MIB));
        settings.put("metadata.max.retention.bytes", Integer.toString(16 * MIB));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * MIB));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(MIB));
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        return settings;
    }
}
