package dev.tenantry.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;
import picocli.CommandLine;

/**
 * Real Kustomizations come out as with Flux.
 *
 * <p>The cases are no part of the project. {@code TENANTRY_CONFORMANCE} names the folder that holds them; without it
 * the test is skipped, with what to do.
 */
class ConformanceIT {

    private static final String FOLDER = "TENANTRY_CONFORMANCE";
    private static final double REQUIRED = 0.99;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder().loaderOptions(unbounded()).build());

    @TempDir
    private Path temp;

    /** One case, by its two files. */
    private record Case(String id, JsonNode description, Path expected) {

        boolean mustFail() {
            return description.has("error");
        }
    }

    @BeforeAll
    static void workers() throws Exception {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
    }

    @Test
    void realKustomizationsRenderAsWithFlux() throws IOException {
        Optional<Path> folder = Optional.ofNullable(System.getenv(FOLDER)).map(Path::of);
        assumeThat(folder).as("unpack the conformance cases and set %s to the folder with flux-render", FOLDER)
                .isPresent();
        List<Case> cases = cases(folder.get().resolve("flux-render"));
        Path batch = temp.resolve("batch.jsonl");
        Files.write(batch, cases.stream().map(one -> line(one, folder.get().resolve("trees"))).toList());
        Path out = temp.resolve("out");

        int status = new CommandLine(new BuildCommand()).execute("--batch", batch.toString(), "--out", out.toString());

        assertThat(status).isZero();
        List<String> differences = new ArrayList<>();
        for (Case one : cases) {
            difference(one, out).ifPresent(text -> differences.add(one.id() + ": " + text));
        }
        double agreeing = 1 - (double) differences.size() / cases.size();
        assertThat(agreeing)
                .as("%d cases, %d differ:%n%s", cases.size(), differences.size(), String.join("\n", differences))
                .isGreaterThanOrEqualTo(REQUIRED);
    }

    private static List<Case> cases(Path folder) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
                String id = folder.relativize(file).toString().replaceFirst("\\.json$", "");
                cases.add(new Case(id, JSON.readTree(file.toFile()), folder.resolve(id + ".yaml.gz")));
            }
        }
        return cases;
    }

    private static String line(Case one, Path trees) {
        ObjectNode kustomization = one.description().get("kustomization").deepCopy();
        ObjectNode spec = kustomization.withObjectProperty("spec");
        JsonNode variables = one.description().path("variables");
        if (spec.has("postBuild") || !variables.isEmpty()) {
            spec.putObject("postBuild").set("substitute", variables);
        }
        Path root = trees.resolve(one.id().split("/")[0]).resolve(one.description().path("root").asText());
        ObjectNode line = JSON.createObjectNode();
        line.put("id", one.id());
        line.put("root", root.normalize().toString());
        line.set("path", one.description().get("path"));
        line.set("ks", kustomization);
        return line.toString();
    }

    private static Optional<String> difference(Case one, Path out) throws IOException {
        Path error = out.resolve(one.id() + ".err");
        if (one.mustFail()) {
            return Files.exists(error) ? Optional.empty() : Optional.of("must fail");
        }
        if (Files.exists(error)) {
            return Optional.of("failed: " + Files.readString(error).strip());
        }
        String actual = Files.readString(out.resolve(one.id() + ".yaml"));
        String expected = unzip(one.expected());
        if (actual.equals(expected)) {
            return Optional.empty();
        }
        return difference(documents(expected), documents(actual));
    }

    private static Optional<String> difference(List<JsonNode> expected, List<JsonNode> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                return Optional
                        .of("document " + i + " is " + name(actual.get(i)) + ", expected " + name(expected.get(i)));
            }
        }
        return expected.size() == actual.size()
                ? Optional.empty()
                : Optional.of(actual.size() + " documents, expected " + expected.size());
    }

    private static String name(JsonNode object) {
        return object.path("kind").asText() + "/" + object.path("metadata").path("name").asText();
    }

    private static List<JsonNode> documents(String text) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (all.hasNextValue()) {
                if (all.nextValue() instanceof ObjectNode object) {
                    documents.add(object);
                }
            }
        }
        return documents;
    }

    private static String unzip(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LoaderOptions unbounded() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }
}
