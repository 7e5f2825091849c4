package dev.tenantry.bench.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.bench.report.Phase;
import dev.tenantry.bench.report.Wall;
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

        /** Add it to what was measured, and how much longer that took. */
        public Phase besides(Phase measured) {
            Duration best = times.values().stream().min(Duration::compareTo).orElseThrow();
            Map<String, Double> seconds = new LinkedHashMap<>();
            times.forEach((concurrency, time) -> seconds.put(String.valueOf(concurrency), Wall.seconds(time)));
            return measured.with("floor_s", Wall.seconds(best))
                    .with("floor_sweep_s", seconds)
                    .with("times_floor",
                            Math.round(100.0 * measured.wall().all().toNanos() / best.toNanos()) / 100.0);
        }
    }

    /**
     * One thing to apply.
     *
     * @param path where the API server has it
     */
    public record Write(String path, HasMetadata object) {

        /** Apply an object. */
        public static Write of(HasMetadata object) {
            String version = object.getApiVersion();
            return new Write("%s/%s/namespaces/%s/%s/%s".formatted(version.contains("/") ? "/apis" : "/api", version,
                    object.getMetadata().getNamespace(), Pluralize.toPlural(object.getKind().toLowerCase()),
                    object.getMetadata().getName()), object);
        }

        /** Apply an object's status. */
        public static Write ofStatus(HasMetadata object) {
            return new Write(of(object).path + "/status", object);
        }
    }

    /** What is applied at a concurrency: each time what the API server does not have yet. */
    public interface Writes {
        List<Write> at(int concurrency) throws InterruptedException;
    }

    /** Apply once at each concurrency. */
    public Sweep sweep(Writes writes) throws IOException, InterruptedException {
        SortedMap<Integer, Duration> times = new TreeMap<>();
        for (int concurrency : CONCURRENCIES) {
            times.put(concurrency, apply(writes.at(concurrency), concurrency));
        }
        return new Sweep(times);
    }

    private Duration apply(List<Write> writes, int concurrency) throws IOException, InterruptedException {
        Path file = Files.createTempFile("tenantry-floor-", ".json");
        try {
            save(writes, file);
            JsonNode result = JSON.readTree(run(file, concurrency));
            if (result.path("objects").asInt() != writes.size()) {
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

    private static void save(List<Write> writes, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (Write write : writes) {
                writer.write("{\"path\": \"%s\", \"object\": %s}%n".formatted(write.path,
                        Serialization.asJson(write.object)));
            }
        }
    }
}
