package dev.tenantry.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Start the embedded servers, then all services; stop in the opposite order.
 *
 * <p>Its settings, as system properties or environment variables: {@code tenantry.data} is the folder of all that it
 * keeps (default {@code data}); {@code tenantry.parent} the id of a process with which it ends.
 */
@QuarkusMain
public final class Main {

    // Quarkus itself waits for requests in flight; longer than that only if something hangs.
    private static final long STOP_SECONDS = 20;

    private Main() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Logging.setUp();
        var settings = new Settings(System.getProperties(), System.getenv());
        try (var data = DataFolder.open(Path.of(settings.find("tenantry.data").orElse("data")))) {
            Parent.watch(settings);
            var servers = EmbeddedServers.start(data, settings);
            connectServices(data, settings);
            quietUnlessTraced(settings);
            run(servers, arguments);
        } catch (DataFolder.InUseException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // Threads of a broker that has started would keep the process alive, with nothing in it that works.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(EmbeddedServers servers, String... arguments) {
        var servicesStopped = new CountDownLatch(1);
        // The JVM ends when its shutdown hooks have, not when this thread has: the servers must stop in one of them.
        var stop = new Thread(() -> {
            try {
                if (!servicesStopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("The services did not stop in time; stopping their servers");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            servers.close();
        }, "stop-embedded-servers");
        Runtime.getRuntime().addShutdownHook(stop);
        Quarkus.run(null, (exitCode, failure) -> {
            servicesStopped.countDown();
            if (failure != null) {
                failure.printStackTrace();
            }
            System.exit(exitCode);
        }, arguments);
    }

    /** Let the services of this process find and trust each other. */
    private static void connectServices(DataFolder data, Settings settings) {
        settings.setDefault("git-watcher.data-directory", data.resolve("git-watcher").toString());
        settings.setDefault("reconciler.data", data.resolve("reconciler").toString());
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        settings.setDefault("git-watcher.consumer-token", token);
        settings.setDefault("reconciler.git-watcher.token",
                settings.find("git-watcher.consumer-token").orElse(token));
        String http = ownUrl(settings);
        settings.setDefault("git-watcher.advertised-url", http);
        settings.setDefault("reconciler.git-watcher.url", http);
    }

    /** Give where this process finds itself: an address that stands for all is no destination. */
    private static String ownUrl(Settings settings) {
        String host = settings.find("quarkus.http.host")
                .filter(address -> !address.equals("0.0.0.0") && !address.equals("::"))
                .orElse("127.0.0.1");
        return "http://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host,
                settings.find("quarkus.http.port").orElse("8080"));
    }

    /** Traces cross Kafka in any case; where no collector is named, there is none to complain about. */
    private static void quietUnlessTraced(Settings settings) {
        if (settings.find("quarkus.otel.exporter.otlp.endpoint").isEmpty()
                && settings.find("quarkus.otel.exporter.otlp.traces.endpoint").isEmpty()) {
            settings.setDefault("quarkus.log.category.\"io.quarkus.opentelemetry.runtime.exporter\".level", "OFF");
        }
    }
}
