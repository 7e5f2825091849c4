package dev.tenantry.testkit.kubeseal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** Run the real {@code kubeseal}. */
public final class Kubeseal {

    private static final String BUILD_SCRIPT = "testkit/kubeseal/build";

    private final Path program;

    private Kubeseal(Path program) {
        this.program = program;
    }

    /**
     * Find it in the cache, where it is built first if need be; that takes a minute, once, and its progress goes to stderr.
     *
     * @throws IOException if it cannot be built; stderr says why
     */
    public static Kubeseal find() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(LocalClusterPrograms.home().resolve(BUILD_SCRIPT).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        build.getOutputStream().close();
        String output = new String(build.getInputStream().readAllBytes(), UTF_8).strip();
        if (build.waitFor() != 0) {
            throw new IOException(BUILD_SCRIPT + " failed; it said why on stderr");
        }
        return new Kubeseal(Path.of(output));
    }

    /** Return the file of the program. */
    public Path program() {
        return program;
    }

    /**
     * What it answered.
     *
     * @param status its exit status
     * @param output what it wrote to stdout
     * @param errors what it wrote to stderr
     */
    public record Answer(int status, String output, String errors) {

        /**
         * Give the output.
         *
         * @throws IllegalStateException with what it wrote to stderr, if it failed
         */
        public String orFail() {
            if (status != 0) {
                throw new IllegalStateException("kubeseal failed: " + errors);
            }
            return output;
        }
    }

    /** Run it with a text as stdin, and wait until it ends. It uses a cluster only where an argument names one. */
    public Answer run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("kubeseal", ".log");
        Path stdin = Files.createTempFile("kubeseal", ".in");
        try {
            Files.writeString(stdin, input);
            ProcessBuilder builder = new ProcessBuilder(command).redirectInput(stdin.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("KUBECONFIG", "/dev/null");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Answer(process.waitFor(), output, Files.readString(errors));
        } finally {
            Files.delete(errors);
            Files.delete(stdin);
        }
    }
}
