package dev.tenantry.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** The shell functions of {@code ./tenantry}, run one by one. */
class FrontDoorTest {

    private static final Path FRONT_DOOR = LocalClusterPrograms.home().resolve("tenantry");

    // The machine's own JDK must not be found by the PATH.
    private static final String WITHOUT_JAVAC = "command() { [[ $2 != javac ]] && builtin command \"$@\"; }; ";

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theJdkOfJavaHomeIsUsedIfItIsNewEnough() throws Exception {
        // Given
        Path home = jdk("elsewhere/jdk", "21.0.4");
        jdk("jvms/newer", "25.0.1");
        environment.put("JAVA_HOME", home.toString());

        // Then
        assertThat(run("find_jdk").output()).isEqualTo(home.toString());
    }

    @Test
    void aJavaHomeThatIsTooOldGivesWayToTheNewestInstalled() throws Exception {
        // Given
        environment.put("JAVA_HOME", jdk("elsewhere/jdk", "17.0.9").toString());
        jdk("jvms/a-first", "21.0.4");
        Path newest = jdk("jvms/b-second", "25.0.1");
        jdk("jvms/c-third", "1.8.0_392");

        // Then
        assertThat(run("find_jdk").output()).isEqualTo(newest.toString());
    }

    @Test
    void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
        // Given
        Path jre = jdk("jvms/jre", "25.0.1");
        Files.delete(jre.resolve("bin/javac"));

        // When
        Result result = run("need_jdk");

        // Then
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("JDK of version 21 or newer is missing", "apt-get install")
                .hasLineCount(1);
    }

    @Test
    void aMissingToolIsNamedWithTheWayToGetIt() throws Exception {
        assertThat(run("need no-such-tool 'apt-get install it'"))
                .isEqualTo(new Result(1, "tenantry: no-such-tool is missing: apt-get install it"));
    }

    @Test
    void sourcesAreBuiltOnceAndAgainOnlyWhenTheyChange() throws Exception {
        // Given
        Path source = Files.writeString(folder.resolve("source"), "1");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
        String build = "TENANTRY_HOME=%s; build_if_stale thing 'a thing' %s -- echo built".formatted(folder, source);

        // Then
        assertThat(run(build).output()).isEqualTo("tenantry: building a thing\nbuilt");
        assertThat(run(build).output()).isEmpty();

        // When
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        // Then
        assertThat(run(build).output()).contains("built");
    }

    @Test
    void aFailedBuildFailsAndIsTriedAgain() throws Exception {
        // Given
        Path source = Files.writeString(folder.resolve("source"), "1");
        String build = "TENANTRY_HOME=%s; build_if_stale thing 'a thing' %s -- false".formatted(folder, source);

        // Then
        assertThat(run(build))
                .isEqualTo(new Result(1, "tenantry: building a thing\ntenantry: building a thing failed"));
        assertThat(run(build).status()).isEqualTo(1);
    }

    @Test
    void itIsFoundThroughALinkFromAnyDirectory() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("linked"), FRONT_DOOR);

        // When
        Result result = run("true; cd /; '%s' help".formatted(link));

        // Then
        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("usage: tenantry");
    }

    @Test
    void anUnknownCommandIsWrongUsage() throws Exception {
        assertThat(run("main dance"))
                .isEqualTo(new Result(2, "tenantry: there is no command 'dance'; see: tenantry help"));
    }

    @Test
    void theHelpOfTestRunsNone() throws Exception {
        // When
        Result result = run("main test --help");

        // Then
        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("usage: tenantry test");
    }

    @Test
    void testTakesNoArguments() throws Exception {
        // When
        Result result = run("main test services/reconciler");

        // Then
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).startsWith("tenantry: test takes no arguments").hasLineCount(1);
    }

    private record Result(int status, String output) {}

    private Result run(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", ". \"$1\"; " + WITHOUT_JAVAC + script,
                "bash", FRONT_DOOR.toString())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("TENANTRY_JVMS", folder.resolve("jvms").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return new Result(process.waitFor(), output);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(compiler, "");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
