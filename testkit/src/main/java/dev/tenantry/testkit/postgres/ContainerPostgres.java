package dev.tenantry.testkit.postgres;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container, for machines with a container engine; chosen by {@code TENANTRY_TEST_POSTGRES=container}.
 *
 * <p>Untested where this is written, since no engine is there. Its outage is a pause: connections stay and hang.
 */
final class ContainerPostgres implements Postgres {

    // The same major version as the embedded one.
    private static final DockerImageName IMAGE = DockerImageName.parse("postgres:17.6");

    private final PostgreSQLContainer container;

    private ContainerPostgres(PostgreSQLContainer container) {
        this.container = container;
    }

    static Postgres launch() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        return new ContainerPostgres(container);
    }

    @Override
    public Database newDatabase() {
        return Databases.create(new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword()));
    }

    @Override
    public void stop() {
        container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }
}
