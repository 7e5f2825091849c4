package dev.tenantry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.bench.meter.ApiRequests;
import dev.tenantry.bench.meter.ControllerCounts;
import dev.tenantry.bench.meter.Cost;
import dev.tenantry.cli.terminal.CommandFailure;

class ReportsTest {

    private static final Wall WALL = Wall.of(IntStream.rangeClosed(1, 200).mapToObj(Duration::ofSeconds).toList());

    @TempDir
    private Path folder;

    @Test
    void jsonHasTheMainPhaseAtTheTop() throws IOException {
        // Given
        Phase phase = phase("install", 8).with("floor_s", 36.1).with("floor_sweep_s", Map.of("4", 60.5));
        Path file = folder.resolve("result.json");

        // When
        JsonReport.write(new Result("install", 2, List.of(phase)), file);

        // Then
        var json = new ObjectMapper();
        assertThat(json.readTree(Files.readString(file))).isEqualTo(json.readTree("""
                {"bench": "install", "apps": 2,
                 "wall_s": {"p50": 100.0, "p99": 198.0, "all": 200.0},
                 "cpu_s": {"standalone": 1.25}, "rss_mib": {"standalone": 300},
                 "api_requests": {"total": 10, "by": {"APPLY services": 8, "GET pods": 2}},
                 "builds": 2, "applied_objects": 8,
                 "floor_s": 36.1, "floor_sweep_s": {"4": 60.5}}"""));
    }

    @Test
    void jsonHasEachOfSeveralPhases() {
        // Given
        Result result = new Result("commit", 2, List.of(phase("one", 8), phase("ten", 8)));

        // Then
        assertThat(JsonReport.fields(result)).containsEntry("builds", 2L);
        assertThat(JsonReport.fields(result).get("phases")).asInstanceOf(
                map(String.class, Object.class))
                .containsOnlyKeys("one", "ten");
    }

    @Test
    void whatOtherControllersDoNotTellIsLeftOut() {
        // Given
        Cost cost = new Cost(new TreeMap<>(), new TreeMap<>(), new ApiRequests(new TreeMap<>(), 4), Optional.empty());

        // Then
        assertThat(
                JsonReport.fields(new Result("install", 1, List.of(new Phase("install", "…", WALL, cost, Map.of())))))
                .doesNotContainKeys("builds", "applied_objects", "phases");
    }

    @Test
    void theLastLineSaysThatAllWentWell() {
        assertThat(Table.lastLine(new Result("install", 2, List.of(phase("install", 8)))))
                .isEqualTo("bench: ok install apps=2 p50=100.000s p99=198.000s all=200.000s");
    }

    @Test
    void controllersThatTellOfOtherAppliesThanTheApiServerFailTheBench() {
        // Given
        Result result = new Result("install", 2, List.of(phase("install", 7)));

        // Then
        assertThatThrownBy(result::check).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("8 applied objects")
                .hasMessageContaining("7 applies");
    }

    private static Phase phase(String name, long appliesOfServer) {
        var requests = new ApiRequests(new TreeMap<>(Map.of("APPLY services", 8L, "GET pods", 2L)), appliesOfServer);
        var cost = new Cost(new TreeMap<>(Map.of("standalone", 1.25)), new TreeMap<>(Map.of("standalone", 300L)),
                requests, Optional.of(new ControllerCounts(2, 8)));
        return new Phase(name, "two applications", WALL, cost, Map.of());
    }
}
