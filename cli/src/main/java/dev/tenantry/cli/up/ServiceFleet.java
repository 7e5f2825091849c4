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

/** Services in processes of their own, over one broker and one Postgres, which run already. */
final class ServiceFleet {

    private static final Duration BACKING_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BACKING_PATIENCE = Duration.ofSeconds(30);

    private final Children children;
    private final Site site;
    private final Addresses addresses;
    private final String token = newToken();

    private ServiceFleet(Children children, Site site, Addresses addresses) {
        this.children = children;
        this.site = site;
        this.addresses = addresses;
    }

    /**
     * What all of them share.
     *
     * @param data the folder of all that they keep
     * @param gitWatcher where webhooks are taken and sources served
     * @param kubeconfig the way to the cluster
     */
    record Site(Path data, HttpAddress gitWatcher, Path kubeconfig) {}

    /** Start the broker and the Postgres. */
    static ServiceFleet open(Children children, Site site) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(site.data.resolve("backing"));
        List<String> command = List.of(ServiceProcess.java(), "-XX:+UseSerialGC", "-Xmx384m",
                "-cp", System.getProperty("java.class.path"), BackingServers.class.getName(), folder.toString());
        children.start(new ChildCommand("backing", command, Map.of(), BACKING_PATIENCE))
                .awaitLine(BackingServers.READY, BACKING_TIMEOUT);
        return new ServiceFleet(children, site, Addresses.read(folder));
    }

    /** Start git-watcher; {@link Readiness} says when it is ready. */
    Child gitWatcher() {
        HttpAddress http = site.gitWatcher;
        Map<String, String> environment = environment(http);
        environment.put("GIT_WATCHER_DATA_DIRECTORY", site.data.resolve("git-watcher").toString());
        environment.put("GIT_WATCHER_ADVERTISED_URL", http.localUri().toString());
        environment.put("GIT_WATCHER_CONSUMER_TOKEN", token);
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__JDBC_URL", addresses.postgres());
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__USERNAME", addresses.user());
        environment.put("QUARKUS_DATASOURCE__GIT_WATCHER__PASSWORD", addresses.password());
        return new ServiceProcess("git-watcher", "services/git-watcher", "512m", http, environment).start(children);
    }

    /**
     * Start a reconciler; {@link Readiness} says when it is ready.
     *
     * @param name its own, also of its folder and its log
     * @param settings what it is told beside the rest
     */
    Child reconciler(String name, HttpAddress http, Map<String, String> settings) {
        Map<String, String> environment = environment(http);
        environment.put("RECONCILER_DATA", site.data.resolve(name).toString());
        environment.put("RECONCILER_GIT_WATCHER_URL", site.gitWatcher.localUri().toString());
        environment.put("RECONCILER_GIT_WATCHER_TOKEN", token);
        environment.putAll(settings);
        return new ServiceProcess(name, "services/reconciler", "768m", http, environment).start(children);
    }

    /** Start secrets-service; {@link Readiness} says when it is ready. */
    Child secretsService(HttpAddress http) {
        return new ServiceProcess("secrets-service", "services/secrets-service", "384m", http, environment(http))
                .start(children);
    }

    private Map<String, String> environment(HttpAddress http) {
        Map<String, String> environment = RunMode.environment(http);
        environment.put("KUBECONFIG", site.kubeconfig.toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.kafka());
        return environment;
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
