package dev.tenantry.cli.backing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.tenantry.embedded.Broker;
import dev.tenantry.embedded.Postgres;
import dev.tenantry.events.Topics;
import dev.tenantry.events.kafka.TopicSetup;

/** Run one broker and one Postgres on the folder that is the only argument, until told to stop. */
public final class BackingServers {

    /** The line that says that {@link Addresses} can be read and the servers answer. */
    public static final String READY = "ready: backing servers";

    private BackingServers() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path data = Files.createDirectories(Path.of(arguments[0]));
        Postgres postgres = Postgres.start(data.resolve("postgres"), data.resolve("postgres-programs"), 0);
        Broker broker = Broker.start(data.resolve("kafka"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            broker.close();
            postgres.close();
        }, "stop-backing-servers"));
        TopicSetup.create(Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.all());
        new Addresses(broker.bootstrapServers(), postgres.jdbcUrl(), postgres.user(), postgres.password()).write(data);
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
