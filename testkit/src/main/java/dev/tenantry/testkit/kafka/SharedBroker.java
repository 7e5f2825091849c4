package dev.tenantry.testkit.kafka;

import org.jspecify.annotations.Nullable;

/** The broker that all tests of a JVM share: no one may stop it. */
final class SharedBroker implements Broker {

    private static @Nullable SharedBroker instance;

    private final Broker broker;

    private SharedBroker(Broker broker) {
        this.broker = broker;
    }

    static synchronized Broker get() {
        if (instance == null) {
            Broker started = Broker.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-broker"));
            instance = new SharedBroker(started);
        }
        return instance;
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("other tests use this broker: take Broker.start() for an outage");
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("other tests use this broker: take Broker.start() for an outage");
    }

    /** Leave it running: it stops when the JVM ends. */
    @Override
    public void close() {
        // Stays for the other tests.
    }
}
