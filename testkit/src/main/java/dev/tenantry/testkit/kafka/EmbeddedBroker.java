package dev.tenantry.testkit.kafka;

import dev.tenantry.testkit.TemporaryFolder;

/** A broker in the test's own JVM. */
final class EmbeddedBroker implements Broker {

    private final TemporaryFolder data;
    private final dev.tenantry.embedded.Broker broker;

    private EmbeddedBroker(TemporaryFolder data, dev.tenantry.embedded.Broker broker) {
        this.data = data;
        this.broker = broker;
    }

    static Broker launch() {
        TemporaryFolder data = TemporaryFolder.create("broker");
        return new EmbeddedBroker(data, dev.tenantry.embedded.Broker.start(data.path(), 0));
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public void restart() {
        broker.start();
    }

    @Override
    public void close() {
        broker.close();
        data.close();
    }
}
