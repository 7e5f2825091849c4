package dev.tenantry.bench.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The processes of this machine, as the kernel shows them.
 *
 * @param root {@code /proc}
 */
record ProcessFiles(Path root) {

    static final ProcessFiles OF_THIS_MACHINE = new ProcessFiles(Path.of("/proc"));

    /** Makes the largest resident size begin anew. */
    private static final String RESET_PEAK = "5";

    List<Long> pids() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[0-9]*")) {
            List<Long> pids = new ArrayList<>();
            folders.forEach(folder -> pids.add(Long.valueOf(folder.getFileName().toString())));
            return pids;
        } catch (IOException e) {
            throw new IllegalStateException("The processes of this machine can't be listed", e);
        }
    }

    /** Return nothing if there is no such process, or no longer. */
    Optional<ProcessStat> stat(long pid) {
        return read(pid, "stat").map(ProcessStat::parse);
    }

    /** Return the program and its arguments; none if there is no such process. */
    List<String> command(long pid) {
        return read(pid, "cmdline").map(text -> List.of(text.split("\0"))).orElse(List.of());
    }

    /** Return the most memory that was resident since the start or since {@link #resetPeak}, in KiB. */
    OptionalLong peak(long pid) {
        return read(pid, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    /** Let {@link #peak} begin anew, as far as the process is ours to tell so: else its peak is that since its start. */
    void resetPeak(long pid) {
        try {
            Files.writeString(file(pid, "clear_refs"), RESET_PEAK);
        } catch (IOException e) {
            // Somebody else's process, or it has ended.
        }
    }

    Path file(long pid, String name) {
        return root.resolve(String.valueOf(pid)).resolve(name);
    }

    private Optional<String> read(long pid, String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(file(pid, name)), UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
