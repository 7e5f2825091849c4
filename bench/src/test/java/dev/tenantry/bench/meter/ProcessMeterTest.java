package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.terminal.CommandFailure;

class ProcessMeterTest {

    private static final long INIT = 1;
    private static final long SERVICE = 10;
    private static final long WORKER = 20;
    private static final long OTHER = 30;

    @TempDir
    private Path folder;

    @Test
    void processesAreMeasuredWithAllThatTheyHaveStarted() throws IOException {
        // Given
        process(SERVICE, INIT, "service", 100, 51_200);
        process(WORKER, SERVICE, "worker", 10, 10_000);
        process(OTHER, INIT, "other", 5, 1_000);
        ProcessMeter meter = meter(SERVICE);
        ProcessMeter.Reading before = meter.begin();

        // When
        process(SERVICE, INIT, "service", 250, 61_440);
        process(WORKER, SERVICE, "worker", 60, 10_241);

        // Then
        ProcessMeter.Use use = meter.between(before, meter.read());
        assertThat(use.cpuSeconds()).containsOnly(entry("service", 1.5), entry("worker", 0.5));
        assertThat(use.peakMib()).containsOnly(entry("service", 60L), entry("worker", 11L));
    }

    @Test
    void theTimeOfAChildThatEndedIsThatOfItsParent() throws IOException {
        // Given
        process(SERVICE, INIT, "service", 100, 1);
        process(WORKER, SERVICE, "worker", 40, 1);
        ProcessMeter meter = meter(SERVICE);
        ProcessMeter.Reading before = meter.begin();

        // When
        end(WORKER);
        process(SERVICE, INIT, "service", 100 + 70, 1);

        // Then
        assertThat(meter.between(before, meter.read()).cpuSeconds()).containsOnly(entry("service", 0.3));
    }

    @Test
    void replicasAreToldApart() throws IOException {
        // Given
        process(SERVICE, INIT, "reconciler", 0, 1);
        process(OTHER, INIT, "reconciler", 0, 1);
        ProcessMeter meter = meter(SERVICE, OTHER);

        // Then
        assertThat(meter.between(meter.begin(), meter.read()).cpuSeconds())
                .containsOnlyKeys("reconciler@10", "reconciler@30");
    }

    @Test
    void aProcessThatHasEndedIsAFailure() throws IOException {
        // Given
        process(SERVICE, INIT, "service", 0, 1);
        ProcessMeter meter = meter(SERVICE);

        // When
        end(SERVICE);

        // Then
        assertThatThrownBy(meter::read).isInstanceOf(CommandFailure.class).hasMessageContaining("process 10 has ended");
    }

    private ProcessMeter meter(Long... roots) {
        return new ProcessMeter(new ProcessFiles(folder), Set.of(roots));
    }

    private void process(long pid, long parent, String program, long ticks, long peakKib) throws IOException {
        Path process = Files.createDirectories(folder.resolve(String.valueOf(pid)));
        Files.writeString(process.resolve("stat"),
                "%d (%s) S %d 0 0 0 -1 0 0 0 0 0 %d 0 0 0 20 0 1 0 5 0 0".formatted(pid, program, parent, ticks));
        Files.writeString(process.resolve("cmdline"), "/bin/" + program + "\0--option\0");
        Files.writeString(process.resolve("status"), "Name:\t%s\nVmHWM:\t   %d kB\n".formatted(program, peakKib));
    }

    private void end(long pid) throws IOException {
        for (String file : new String[]{"stat", "cmdline", "status", "clear_refs"}) {
            Files.deleteIfExists(folder.resolve(String.valueOf(pid)).resolve(file));
        }
        Files.delete(folder.resolve(String.valueOf(pid)));
    }
}
