package dev.tenantry.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.tenantry.bench.meter.Cost;

/** A result as an object for programs: the first phase's figures, and where there are more phases, those of each. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    public static void write(Result result, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(fields(result)) + "\n");
    }

    static Map<String, Object> fields(Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bench", result.bench());
        fields.put("apps", result.apps());
        fields.putAll(fields(result.main()));
        if (result.phases().size() > 1) {
            Map<String, Object> phases = new LinkedHashMap<>();
            result.phases().forEach(phase -> phases.put(phase.name(), fields(phase)));
            fields.put("phases", phases);
        }
        return fields;
    }

    private static Map<String, Object> fields(Phase phase) {
        Cost cost = phase.cost();
        Map<String, Object> requests = new LinkedHashMap<>();
        requests.put("total", cost.requests().total());
        requests.put("by", cost.requests().by());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("wall_s", phase.wall().seconds());
        fields.put("cpu_s", cost.cpuSeconds());
        fields.put("rss_mib", cost.peakMib());
        fields.put("api_requests", requests);
        cost.counts().ifPresent(counts -> {
            fields.put("builds", counts.builds());
            fields.put("applied_objects", counts.appliedObjects());
        });
        fields.putAll(phase.figures());
        return fields;
    }
}
