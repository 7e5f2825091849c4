package dev.tenantry.bench.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The bare client in Go, which applies objects as fast as can be: no controller can be faster. */
public record Floor(Path kubeconfig) {

    /** How many requests are in flight at once, in each run of the sweep. */
    public static final List<Integer> CONCURRENCIES = List.of(4, 8, 16, 32, 64);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How long it took at each concurrency. */
    public record Sweep(SortedMap<Integer, Duration> times) {

        public Duration best() {
            return times.values().stream().min(Duration::compareTo).orElseThrow();
        }
    }

    /** What is applied at a concurrency: each time objects that the API server does not have yet. */
    public interface Objects {
        List<? extends HasMetadata> at(int concurrency) throws InterruptedException;
    }

    /** Apply objects once at each concurrency. */
    public Sweep sweep(Objects objects) throws IOException, InterruptedException {
        SortedMap<Integer, Duration> times = new TreeMap<>();
        for (int concurrency : CONCURRENCIES) {
            times.put(concurrency, apply(objects.at(concurrency), concurrency));
        }
        return new Sweep(times);
    }

    private Duration apply(List<? extends HasMetadata> objects, int concurrency)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("tenantry-floor-", ".json");
        try {
            write(objects, file);
            JsonNode result = JSON.readTree(run(file, concurrency));
            if (result.path("objects").asInt() != objects.size()) {
                throw new CommandFailure("the floor client answered " + result);
            }
            return Duration.ofMillis(Math.round(result.path("seconds").asDouble() * 1000));
        } finally {
            Files.delete(file);
        }
    }

    private String run(Path objects, int concurrency) throws IOException, InterruptedException {
        Path program = LocalClusterPrograms.home().resolve("bench/floor/target/bin/floor");
        if (!Files.isExecutable(program)) {
            throw new CommandFailure("%s is not built; start by ./tenantry, which builds it".formatted(program));
        }
        Process process = new ProcessBuilder(program.toString(), "--kubeconfig", kubeconfig.toString(),
                "--concurrency", String.valueOf(concurrency))
                .redirectInput(objects.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new CommandFailure("the floor client failed; it said why on stderr");
            }
            return output;
        } finally {
            process.destroy();
        }
    }

    private static void write(List<? extends HasMetadata> objects, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (HasMetadata object : objects) {
                writer.write("{\"path\": \"%s\", \"object\": %s}%n".formatted(path(object),
                        Serialization.asJson(object)));
            }
        }
    }

    static String path(HasMetadata object) {
        String version = object.getApiVersion();
        return "%s/%s/namespaces/%s/%s/%s".formatted(version.contains("/") ? "/apis" : "/api", version,
                object.getMetadata().getNamespace(), Pluralize.toPlural(object.getKind().toLowerCase()),
                object.getMetadata().getName());
    }
}
