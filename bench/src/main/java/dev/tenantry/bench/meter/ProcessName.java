package dev.tenantry.bench.meter;

import java.nio.file.Path;
import java.util.List;

/** What people call a process. */
final class ProcessName {

    private static final String QUARKUS_JAR = "quarkus-run.jar";

    private ProcessName() {}

    /** Return the program's name; of a JVM, that of the application in it. */
    static String of(List<String> command) {
        if (command.isEmpty()) {
            return "unknown";
        }
        // Some programs, as Postgres, tell there what they do: "postgres: checkpointer".
        String program = fileName(command.getFirst().split("[: ]", 2)[0]);
        return program.equals("java") ? application(command) : program;
    }

    private static String application(List<String> command) {
        int jar = command.indexOf("-jar");
        if (jar < 0 || jar + 1 == command.size()) {
            return mainClass(command);
        }
        Path path = Path.of(command.get(jar + 1));
        boolean inTree = path.endsWith(Path.of("target", "quarkus-app", QUARKUS_JAR)) && path.getNameCount() > 3;
        return inTree ? path.getName(path.getNameCount() - 4).toString() : fileName(path.toString());
    }

    private static String mainClass(List<String> command) {
        int main = command.indexOf("-cp") + 2;
        if (main < 2 || main >= command.size()) {
            return "java";
        }
        String name = command.get(main);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
