package dev.tenantry.secretsservice.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tenantry.secretsservice.sealing.Templates.Failed;
import dev.tenantry.secretsservice.sealing.Templates.Rendered;
import dev.tenantry.secretsservice.sealing.Templates.Rendering;
import dev.tenantry.secretsservice.sealing.Templates.Unavailable;
import dev.tenantry.testkit.workers.Workers;

class TemplateWorkersIT {

    private static final String TEAM = "team-a";

    private static final String CANARY = "c4n4ry-hunter2";
    private static final Map<String, byte[]> VALUES = Map.of("password", bytes(CANARY), "raw", new byte[]{0, -1, 7});
    private static final long MEMORY = 128L << 20;
    private static final String HELLO = "{\"version\":\"template-worker/0\"}";

    @TempDir
    Path folder;

    private TemplateWorkers workers;

    @BeforeEach
    void start() throws Exception {
        workers = workers(Duration.ofSeconds(30));
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void eachTemplateIsRenderedByItselfOverAllValues() {
        // When
        Rendering rendering = workers.render(TEAM,
                Map.of("url", "https://ann:{{ .password | urlquery }}@db", "copy", "{{ .raw }}", "empty", ""),
                VALUES);

        // Then
        assertThat(rendering).isInstanceOfSatisfying(Rendered.class, rendered -> {
            assertThat(rendered.data()).containsOnlyKeys("url", "copy", "empty");
            assertThat(rendered.data().get("url")).isEqualTo(bytes("https://ann:" + CANARY + "@db"));
            assertThat(rendered.data().get("copy")).containsExactly(0, -1, 7);
            assertThat(rendered.data().get("empty")).isEmpty();
        });
        assertThat(rendering.toString()).doesNotContain(CANARY);
    }

    @Test
    void anErrorInTheTextIsToldWithItsLine() {
        // When
        Rendering rendering = workers.render(TEAM, Map.of("a", "fine", "b", "one\n{{ if }}", "c", "{{ env \"HOME\" }}"),
                VALUES);

        // Then
        assertThat(rendering).isEqualTo(new Failed(Map.of(
                "b",
                "line 2: missing value for if",
                "c",
                "line 1: function \"env\" not defined")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {{ fail .password }}               | line 1, column 4: the function fail failed
            {{ mustToDate "2006" .password }}  | line 1, column 4: the function mustToDate failed
            {{ index .password 99 }}           | line 1, column 4: the function index failed
            """)
    void aFailureTellsThePlaceAndNoValue(String template, String message) {
        // When
        Rendering rendering = workers.render(TEAM, Map.of("key", template), VALUES);

        // Then
        assertThat(rendering).isEqualTo(new Failed(Map.of("key", message)));
    }

    @Test
    void aTemplateThatNeverEndsHasANameAndTheNextOnesAreRendered() throws Exception {
        try (TemplateWorkers hurried = workers(Duration.ofMillis(1500))) {
            // Given
            Map<String, String> templates = Map.of("a", "fine", "b", "{{ range 100000000000 }}{{ end }}");

            // When
            Rendering rendering = hurried.render(TEAM, templates, VALUES);

            // Then
            assertThat(rendering).isEqualTo(new Failed(Map.of(
                    "b",
                    "it did not end within 1.5 s, the time that all templates of a SealedSecret may take")));
            assertThat(hurried.render(TEAM, Map.of("a", "fine"), VALUES)).isInstanceOf(Rendered.class);
        }
    }

    @Test
    void templatesThatCallEachOtherWithoutEndFail() {
        // When
        Rendering rendering = workers.render(TEAM,
                Map.of("key", "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}"),
                VALUES);

        // Then
        assertThat(rendering).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.messages().get("key")).contains("call each other without end"));
    }

    @Test
    void aTemplateThatFillsMemoryFailsAndTheNextOnesAreRendered() {
        // Given
        Map<String, String> templates = Map.of("key", "{{ $all := until 500000000 }}");

        // When
        Rendering rendering = workers.render(TEAM, templates, VALUES);

        // Then
        assertThat(rendering).isEqualTo(new Failed(Map.of("key", "it needs more than 128 MiB of memory")));
        assertThat(workers.render(TEAM, Map.of("a", "fine"), VALUES)).isInstanceOf(Rendered.class);
    }

    @Test
    void noMoreIsRenderedThanASecretMayHold() {
        // Given
        Map<String, byte[]> large = Map.of("half", new byte[1 << 19]);

        // When
        Rendering all = workers.render(TEAM, Map.of("a", "{{ .half }}", "b", "{{ .half }}"), large);
        Rendering more = workers.render(TEAM, Map.of("a", "{{ .half }}", "b", "{{ .half }}!"), large);

        // Then
        assertThat(all).isInstanceOf(Rendered.class);
        assertThat(more).isEqualTo(new Failed(Map.of(
                "b",
                "the rendered values have more than 1048576 bytes, the most that a Secret may hold")));
    }

    @Test
    void aWorkerThatDiesIsReplacedAndTheTemplatesAreTriedAgain() throws Exception {
        // Given
        Path dyingOnce = script("if mkdir " + folder.resolve("died") + "; then " + hello() + "; exit 3; fi\n"
                + "exec " + program() + " \"$@\"");
        try (TemplateWorkers frail = new TemplateWorkers(dyingOnce, 1, Duration.ofSeconds(30), MEMORY)) {

            // When
            Rendering rendering = frail.render(TEAM, Map.of("key", "{{ .password }}"), VALUES);

            // Then
            assertThat(folder.resolve("died")).exists();
            assertThat(rendering).isInstanceOf(Rendered.class);
        }
    }

    @Test
    void aTemplateThatEndsTwoWorkersFails() {
        // Given
        // The value has no place in any address space.
        Map<String, String> templates = Map.of("key", "{{ repeat 12000000000000 .password }}");

        // When
        Rendering rendering = workers.render(TEAM, templates, VALUES);

        // Then
        assertThat(rendering).isEqualTo(
                new Failed(Map.of("key", "it ended the process that rendered it (exit status 2)")));
        assertThat(workers.render(TEAM, Map.of("a", "fine"), VALUES)).isInstanceOf(Rendered.class);
    }

    @Test
    void aWorkerThatNeverBeginsIsNoFaultOfTheTemplates() throws Exception {
        // Given
        Path dying = script(hello() + "; echo " + CANARY + " >&2; exit 3");
        try (TemplateWorkers dead = new TemplateWorkers(dying, 1, Duration.ofSeconds(30), MEMORY);
                TemplateWorkers none = new TemplateWorkers(Path.of("no-such-program"), 1, Duration.ofSeconds(1),
                        MEMORY)) {

            // When
            Rendering died = dead.render(TEAM, Map.of("key", "x"), VALUES);
            Rendering missing = none.render(TEAM, Map.of("key", "x"), VALUES);

            // Then
            assertThat(died).isInstanceOf(Unavailable.class);
            assertThat(died.toString()).contains("exit status 3").doesNotContain(CANARY);
            assertThat(missing).isInstanceOf(Unavailable.class);
            assertThat(missing.toString()).contains("no-such-program");
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsNotQuoted() throws Exception {
        // Given
        Path garbled = script(hello() + "; " + frame('O', "\\0{\"rendered\": [\"" + CANARY + "\"]}") + "; cat");
        try (TemplateWorkers odd = new TemplateWorkers(garbled, 1, Duration.ofSeconds(30), MEMORY)) {

            // When
            Rendering rendering = odd.render(TEAM, Map.of("key", "x"), VALUES);

            // Then
            assertThat(rendering).isInstanceOfSatisfying(Unavailable.class,
                    unavailable -> assertThat(unavailable.message()).contains("another form").doesNotContain(CANARY));
        }
    }

    private static TemplateWorkers workers(Duration time) throws IOException, InterruptedException {
        return new TemplateWorkers(program(), 1, time, MEMORY);
    }

    private static Path program() throws IOException, InterruptedException {
        return Workers.folder().resolve(TemplateWorkers.PROGRAM);
    }

    private Path script(String text) throws IOException {
        Path script = folder.resolve("worker");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static String hello() {
        return frame('H', HELLO);
    }

    /** Give the command of a shell that prints a frame. */
    private static String frame(char type, String payload) {
        int length = payload.replace("\\0", "0").length();
        return "printf '\\000\\000\\000\\%03o%c%s'".formatted(length, type, payload);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
