package dev.tenantry.e2e.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A shell in which a person runs one command after the other. What is exported stays. */
final class Shell {

    private static final String SEPARATOR = "\0";

    private final Path folder;
    private final Path programs;
    private Map<String, String> environment = new HashMap<>(System.getenv());

    /** Begin in an empty folder. */
    Shell(Path folder) throws IOException {
        this.folder = folder;
        this.programs = Files.createDirectories(folder.resolve("bin"));
        set("PATH", programs + ":" + environment.get("PATH"));
    }

    Path folder() {
        return folder;
    }

    void set(String name, String value) {
        environment.put(name, value);
    }

    @Nullable
    String get(String name) {
        return environment.get(name);
    }

    /** Put a script where the shell finds programs. */
    void program(String name, String body) throws IOException {
        script(programs.resolve(name), body);
    }

    /** Put a script into the folder. */
    void local(String name, String body) throws IOException {
        script(folder.resolve(name), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\nset -euo pipefail\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Run commands until one fails, and return what they print; an error's message has all that they said. */
    String run(String commands) throws IOException, InterruptedException {
        Path variables = Files.createTempFile(folder, "variables", "");
        ProcessBuilder builder = new ProcessBuilder("timeout", "90", "bash", "-euo", "pipefail", "-c",
                commands + "\nenv -0 > '" + variables + "'").directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("failed with status " + process.exitValue() + ":\n" + commands + "\n" + output);
        }
        environment = new HashMap<>();
        for (String variable : Files.readString(variables).split(SEPARATOR)) {
            environment.put(variable.substring(0, variable.indexOf('=')),
                    variable.substring(variable.indexOf('=') + 1));
        }
        Files.delete(variables);
        return output;
    }
}
