package dev.tenantry.standalone;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.common.KafkaException;

import dev.tenantry.embedded.Broker;
import dev.tenantry.embedded.Postgres;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.TopicSetup;

/**
 * The broker and the Postgres of this process, each only if no other is configured.
 *
 * <p>The broker is needed: without one a lone replica would own nothing for 15 seconds. Postgres is not: the services do
 * their work without it, and health's detail says that it is missing.
 */
final class EmbeddedServers implements AutoCloseable {

    static final String KAFKA = "kafka.bootstrap.servers";
    static final String DATASOURCE = "quarkus.datasource.\"git-watcher\".";

    private static final Logger LOGGER = System.getLogger(EmbeddedServers.class.getName());

    private final Optional<Broker> broker;
    private final Optional<Postgres> postgres;

    private EmbeddedServers(Optional<Broker> broker, Optional<Postgres> postgres) {
        this.broker = broker;
        this.postgres = postgres;
    }

    /** Start what is needed, both at once, and tell the services by the settings where it is. */
    static EmbeddedServers start(DataFolder data, Settings settings) throws InterruptedException {
        CompletableFuture<Optional<Postgres>> postgres = settings.find(DATASOURCE + "jdbc.url").isPresent()
                ? CompletableFuture.completedFuture(Optional.empty())
                // A platform thread, which a thread dump shows.
                : CompletableFuture.supplyAsync(() -> startPostgres(data),
                        Thread.ofPlatform().name("start-postgres")::start);
        Optional<Broker> broker = settings.find(KAFKA).isPresent()
                ? Optional.empty()
                : Optional.of(Broker.start(data.resolve("kafka"), 0));
        var servers = new EmbeddedServers(broker, postgres.join());
        if (broker.isPresent()) {
            settings.setDefault(KAFKA, broker.get().bootstrapServers());
            createTopics(broker.get());
        }
        servers.postgres.ifPresent(server -> {
            settings.setDefault(DATASOURCE + "jdbc.url", server.jdbcUrl());
            settings.setDefault(DATASOURCE + "username", server.user());
            settings.setDefault(DATASOURCE + "password", server.password());
        });
        return servers;
    }

    /** Stop both, the one that the services publish to first. */
    @Override
    public void close() {
        broker.ifPresent(Broker::close);
        postgres.ifPresent(Postgres::close);
    }

    /** After a kill on a busy machine it may take a while until the broker takes topics: the services try again. */
    private static void createTopics(Broker broker) throws InterruptedException {
        try {
            TopicSetup.create(Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.all());
        } catch (KafkaException e) {
            LOGGER.log(Level.WARNING, "The broker does not answer yet; its topics are made later", e);
        }
    }

    private static Optional<Postgres> startPostgres(DataFolder data) {
        try {
            return Optional.of(Postgres.start(data.resolve("postgres"), data.resolve("postgres-programs"), 0));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "Going on without Postgres, and so without history", e);
            return Optional.empty();
        }
    }
}
