package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneProcessesTest {

    @TempDir
    private Path folder;

    @Test
    void theApiServerIsFoundByItsPortAndTheOthersByTheirParent() throws IOException {
        // Given
        process(10, 1, "kube-apiserver", "--secure-port=6443");
        process(11, 1, "etcd", "--name=other");
        process(20, 2, "kube-apiserver", "--secure-port=7000");
        process(21, 2, "etcd", "--name=this");
        process(22, 2, "kube-controller-manager", "");
        process(23, 2, "kwok", "");

        // Then
        assertThat(ControlPlaneProcesses.of(URI.create("https://127.0.0.1:7000/"), new ProcessFiles(folder)))
                .containsExactlyInAnyOrder(20L, 21L, 22L);
    }

    @Test
    void aServerElsewhereHasNone() throws IOException {
        // Given
        process(10, 1, "kube-apiserver", "--secure-port=6443");

        // Then
        assertThat(ControlPlaneProcesses.of(URI.create("https://tiger.example.org:443/"), new ProcessFiles(folder)))
                .isEmpty();
    }

    private void process(long pid, long parent, String program, String argument) throws IOException {
        Path process = Files.createDirectories(folder.resolve(String.valueOf(pid)));
        Files.writeString(process.resolve("stat"),
                "%d (%s) S %d 0 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0".formatted(pid, program, parent));
        Files.writeString(process.resolve("cmdline"), "/bin/" + program + "\0" + argument + "\0");
    }
}
