package dev.tenantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/** The commands of the front door, as it runs them once all is built. */
public final class FrontDoor {

    private FrontDoor() {}

    /** Give what runs a command, less the command itself and its options. */
    public static List<String> program() {
        Path cli = LocalClusterPrograms.home().resolve("cli/target");
        try {
            return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-cp", cli.resolve("classes") + ":" + Files.readString(cli.resolve("classpath")),
                    "dev.tenantry.cli.Main");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Run a command to its end, and return what it printed; an error's message has all that it said. */
    static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TENANTRY_HOME", LocalClusterPrograms.home().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("tenantry " + arguments[0] + " failed:\n" + output);
        }
        return output;
    }
}
