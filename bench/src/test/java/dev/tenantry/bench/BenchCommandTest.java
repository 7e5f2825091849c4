package dev.tenantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandLines;

class BenchCommandTest {

    private static final int WRONG_USAGE = 2;

    private final StringWriter messages = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void anUnknownBenchIsToldWithThoseThatThereAre() {
        assertThat(run("dance")).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("there is no bench 'dance', but install");
    }

    @Test
    void theSizeIsPositive() {
        assertThat(run("install", "--apps", "0")).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("--apps takes a number from 1 to 100000, not 0");
    }

    @Test
    void processesWithoutTheirClusterAreRefused() {
        assertThat(run("install", "--pids", "1,2")).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("--pids needs --kubeconfig");
    }

    @Test
    void aProcessThatIsNotThereIsNamed() throws IOException {
        // Given
        Path kubeconfig = Files.createFile(folder.resolve("kubeconfig"));
        String here = String.valueOf(ProcessHandle.current().pid());

        // Then
        assertThat(run("install", "--kubeconfig", kubeconfig.toString(), "--pids", here + ",999999999"))
                .isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("there is no process 999999999");
    }

    @Test
    void aBenchThatStartsItsOwnProcessesTakesNoOthers() throws IOException {
        // Given
        Path kubeconfig = Files.createFile(folder.resolve("kubeconfig"));

        // Then
        assertThat(run("replicas", "--kubeconfig", kubeconfig.toString(), "--pids", "1")).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("replicas starts its own processes, and so takes no --pids");
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        assertThat(run("install", "--kubeconfig", folder.resolve("absent").toString())).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("there is no readable kubeconfig " + folder.resolve("absent"));
    }

    @Test
    void aResultThatCouldNotBeWrittenIsToldBeforeTheBench() {
        assertThat(run("install", "--json", folder.resolve("absent/result.json").toString())).isEqualTo(WRONG_USAGE);
        assertThat(messages.toString()).contains("absent/result.json can't be written");
    }

    @Test
    void theHelpListsTheBenches() {
        assertThat(run("--help")).isZero();
        assertThat(messages.toString()).contains("--apps", "install", "applications of four objects each");
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(messages);
        return CommandLines.of(new BenchCommand()).setOut(writer).setErr(writer).execute(arguments);
    }
}
