package dev.tenantry.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;
import picocli.CommandLine;

class BuildCommandIT {

    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: config
            data:
              domain: ${domain}
            """;

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path source;
    private Path kustomization;

    @BeforeAll
    static void workers() throws Exception {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
    }

    @BeforeEach
    void aSourceAndItsKustomization() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        write("source/apps/config.yaml", CONFIG);
        kustomization = write("kustomization.yaml", """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata:
                  name: apps
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: apps
                spec:
                  interval: 5m
                  prune: true
                  path: ./apps
                  sourceRef:
                    kind: GitRepository
                    name: apps
                  targetNamespace: team-a
                  healthChecks:
                  - kind: Deployment
                    name: web
                  postBuild:
                    substitute:
                      domain: example.org
                """);
    }

    @Test
    void objectsArePrintedAsYaml() {
        int status = run("--source", source, "--path", "apps", "--kustomization", kustomization);

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString()).isEqualTo("""
                apiVersion: v1
                data:
                  domain: example.org
                kind: ConfigMap
                metadata:
                  name: config
                  namespace: team-a
                """);
    }

    @Test
    void thePathIsThatOfTheSpecByDefault() {
        assertThat(run("--source", source, "--kustomization", kustomization)).isZero();
        assertThat(out.toString()).contains("name: config");
    }

    @Test
    void aVariableOfTheCommandWins() {
        run("--source", source, "--kustomization", kustomization, "--var", "domain=example.com");

        assertThat(out.toString()).contains("domain: example.com");
    }

    @Test
    void aVariableWithoutValueWarnsOrFailsWhenStrict() throws IOException {
        write("source/apps/config.yaml", CONFIG.replace("${domain}", "a${missing}b"));

        int lenient = run("--source", source, "--kustomization", kustomization);
        int strict = run("--strict", "--source", source, "--kustomization", kustomization);

        assertThat(lenient).isZero();
        assertThat(out.toString()).contains("domain: ab");
        assertThat(err.toString()).contains("build: warning: variable missing has no value and no default");
        assertThat(strict).isEqualTo(1);
        assertThat(err.toString()).contains("variable not set (strict mode): \"missing\"");
    }

    @Test
    void whatIsWrongGoesToStandardError() throws IOException {
        write("source/apps/broken.yaml", "no: object\n");

        int status = run("--source", source, "--kustomization", kustomization);

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("build: failed to decode Kubernetes YAML from apps/broken.yaml");
    }

    @Test
    void whatASourceLeavesOutIsNotBuilt() throws IOException {
        write("source/.github/workflow.yaml", "no: object\n");
        write("source/apps/values.yaml", "no: object\n");
        write("source/apps/.sourceignore", "values.yaml\n/.github/\n");
        write("source/.sourceignore", "/.github/\n");

        int status = run("--source", source, "--path", ".", "--kustomization", kustomization);

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void theHelpTellsBothFormsAndNeedsNoneOfTheirOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--kustomization FILE", "--batch FILE", "--strict", "N rendered, M failed");
    }

    @Test
    void theTwoFormsDoNotMix() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--source", source)).isEqualTo(2);
        assertThat(run("--source", source, "--kustomization", kustomization, "--out", temp)).isEqualTo(2);
        assertThat(run("--batch", "x", "--out", "y", "--path", "z")).isEqualTo(2);
    }

    @Test
    void aBatchWritesAFileForEachLine() throws IOException {
        write("source/broken/values.yaml", "no: object\n");
        Path batch = write("batch.jsonl", line("team/good", "apps") + line("team/broken", "broken"));
        Path results = temp.resolve("results");

        int status = run("--batch", batch, "--out", results);

        assertThat(status).isZero();
        assertThat(out.toString()).isEqualTo("build: 1 rendered, 1 failed\n");
        assertThat(results.resolve("team/good.yaml")).content().contains("domain: example.org");
        assertThat(results.resolve("team/broken.err")).content().contains("broken/values.yaml");
        assertThat(files(results)).containsExactlyInAnyOrder("team/good.yaml", "team/broken.err");
    }

    @Test
    void aBatchReplacesWhatAnEarlierOneLeft() throws IOException {
        Path batch = write("batch.jsonl", line("app", "apps"));
        Path results = temp.resolve("results");
        run("--batch", batch, "--out", results);
        write("source/apps/config.yaml", "no: object\n");

        run("--batch", batch, "--out", results);

        assertThat(files(results)).containsExactly("app.err");
    }

    @Test
    void aBatchNeverWritesIntoASource() throws IOException {
        Path batch = write("batch.jsonl", line("app", "apps"));

        int status = run("--batch", batch, "--out", source.resolve("apps/results"));

        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("CommandFailure: --out", "a source, which is never written to");
        assertThat(files(source)).containsExactly("apps/config.yaml");
    }

    @Test
    void aRootThatIsNotThereFailsItsLineOnly() throws IOException {
        Path batch = write("batch.jsonl", line("good", "apps")
                + line("lost", "apps").replace(source.toString(), temp.resolve("missing").toString()));

        run("--batch", batch, "--out", temp.resolve("results"));

        assertThat(out.toString()).isEqualTo("build: 1 rendered, 1 failed\n");
    }

    private int run(Object... arguments) {
        return new CommandLine(new BuildCommand()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private String line(String id, String path) {
        return """
                {"id": "%s", "root": "%s", "path": "%s", "ks": {"spec": {"postBuild": {"substitute": {"domain": "example.org"}}}}}
                """.formatted(id, source, path);
    }

    private Path write(String path, String text) throws IOException {
        Path file = temp.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).toList();
        }
    }
}
