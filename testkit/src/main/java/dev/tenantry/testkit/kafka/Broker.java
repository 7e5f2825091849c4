package dev.tenantry.testkit.kafka;

/**
 * A Kafka broker.
 *
 * <p>Tests that only publish and consume share one and keep apart by topics and groups; a test of outages starts its own:
 *
 * <pre>{@code
 * try (Broker broker = Broker.start()) {
 *     broker.stop();   // the broker goes away
 *     broker.restart(); // and comes back, with its data
 * }
 * }</pre>
 */
public interface Broker extends AutoCloseable {

    /** Return the broker of this test run, started at the first call and stopped when the JVM ends. */
    static Broker shared() {
        return SharedBroker.get();
    }

    /**
     * Start a broker of its own, without topics: in this JVM on a temporary folder, which {@link #close} removes; or in a
     * container, where {@code TENANTRY_TEST_BROKER} is {@code container} and the module has
     * {@code org.testcontainers:testcontainers-kafka} among its test dependencies.
     */
    static Broker start() {
        return "container".equals(System.getenv("TENANTRY_TEST_BROKER"))
                ? ContainerBroker.launch()
                : EmbeddedBroker.launch();
    }

    /** Return its address, for {@code kafka.bootstrap.servers}; the same after an outage. */
    String bootstrapServers();

    /** Begin an outage: connections end, data stays. */
    void stop();

    /** End an outage, and wait until the broker answers. */
    void restart();

    @Override
    void close();
}
