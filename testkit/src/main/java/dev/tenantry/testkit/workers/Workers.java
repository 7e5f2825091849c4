package dev.tenantry.testkit.workers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Build the Go workers once for a run. */
public final class Workers {

    private static @Nullable Path folder;

    private Workers() {}

    /**
     * Give the program {@code kustomize-worker} as it is in the checkout.
     *
     * @throws IOException when it does not build; the message says why
     */
    public static Path kustomize() throws IOException, InterruptedException {
        return folder().resolve("kustomize-worker");
    }

    /** Give the folder of all workers' programs. */
    public static synchronized Path folder() throws IOException, InterruptedException {
        Path known = folder;
        if (known == null) {
            known = build(checkout().resolve("workers/build"));
            folder = known;
        }
        return known;
    }

    /** Run the script, which prints the folder as its last line. */
    private static Path build(Path script) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("workers-build", ".log");
        try {
            Process process = new ProcessBuilder(script.toString()).redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(script + " failed with status " + status + ":\n" + Files.readString(errors));
            }
            return Path.of(output.lines().reduce("", (earlier, later) -> later));
        } finally {
            Files.delete(errors);
        }
    }

    private static Path checkout() throws IOException {
        Path start = Path.of("").toAbsolutePath();
        for (Path above = start; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve("workers/go.mod"))) {
                return above;
            }
        }
        throw new IOException(start + " is not in a checkout of Tenantry");
    }
}
