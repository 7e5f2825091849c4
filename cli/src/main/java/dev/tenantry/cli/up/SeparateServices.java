package dev.tenantry.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.tenantry.cli.backing.Addresses;
import dev.tenantry.cli.backing.BackingServers;
import dev.tenantry.cli.process.Child;
import dev.tenantry.cli.process.ChildCommand;
import dev.tenantry.cli.process.Children;

/**
 * Each service in its own process, against one broker and one Postgres.
 *
 * @param gitWatcher where webhooks are taken
 * @param reconciler where the reconciler answers
 */
record SeparateServices(Path data, HttpAddress gitWatcher, HttpAddress reconciler, Path kubeconfig)
        implements
            RunMode {

    private static final Duration BACKING_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BACKING_PATIENCE = Duration.ofSeconds(30);

    @Override
    public void start(Children children) throws IOException, InterruptedException {
        Addresses addresses = backing(children);
        String token = newToken();
        Child watcher = gitWatcher(addresses, token).start(children);
        Child applier = reconciler(addresses, token).start(children);
        new Readiness(gitWatcher.localUri()).await(watcher);
        new Readiness(reconciler.localUri()).await(applier);
    }

    private Addresses backing(Children children) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("backing"));
        List<String> command = List.of(ServiceProcess.java(), "-XX:+UseSerialGC", "-Xmx384m",
                "-cp", System.getProperty("java.class.path"), BackingServers.class.getName(), folder.toString());
        children.start(new ChildCommand("backing", command, Map.of(), BACKING_PATIENCE))
                .awaitLine(BackingServers.READY, BACKING_TIMEOUT);
        return Addresses.read(folder);
    }

    private ServiceProcess gitWatcher(Addresses addresses, String token) {
        Map<String, String> environment = environment(addresses, gitWatcher);
        environment.put("GIT_WATCHER_DATA_DIRECTORY", data.resolve("git-watcher").toString());
        environment.put("GIT_WATCHER_ADVERTISED_URL", gitWatcher.localUri().toString());
        environment.put("GIT_WATCHER_CONSUMER_TOKEN", token);
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__JDBC_URL", addresses.postgres());
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__USERNAME", addresses.user());
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__PASSWORD", addresses.password());
        return new ServiceProcess("git-watcher", "services/git-watcher", "512m", gitWatcher, environment);
    }

    private ServiceProcess reconciler(Addresses addresses, String token) {
        Map<String, String> environment = environment(addresses, reconciler);
        environment.put("RECONCILER_DATA", data.resolve("reconciler").toString());
        environment.put("RECONCILER_GIT_WATCHER_URL", gitWatcher.localUri().toString());
        environment.put("RECONCILER_GIT_WATCHER_TOKEN", token);
        return new ServiceProcess("reconciler", "services/reconciler", "768m", reconciler, environment);
    }

    private Map<String, String> environment(Addresses addresses, HttpAddress http) {
        Map<String, String> environment = RunMode.environment(http);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.kafka());
        return environment;
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
