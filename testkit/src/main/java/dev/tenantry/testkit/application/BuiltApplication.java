package dev.tenantry.testkit.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/**
 * A Quarkus application of this tree, as the build made it.
 *
 * @param folder of the module, such as {@code services/reconciler} in the tree
 */
public record BuiltApplication(Path folder) {

    /** Name an application by its module's folder in the tree, such as {@code services/reconciler}. */
    public static BuiltApplication of(String module) {
        return new BuiltApplication(LocalClusterPrograms.home().resolve(module));
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /**
     * Return the command that runs it on this process's JDK, as in production, by the options of
     * {@code services/jvm.options}. What the JVM keeps of an earlier start is used, which halves the CPU time of this
     * one; it may have to be made first, in some fifteen seconds, once after a build.
     *
     * @param heap the most that the heap may take, as the JVM writes it, such as {@code 512m}
     * @param options more options of the JVM
     * @throws IllegalStateException if it is not built
     */
    public List<String> command(String heap, List<String> options) {
        Path target = folder.resolve("target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException(jar + " is not built; start by ./tenantry, which builds it");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + LocalClusterPrograms.home().resolve("services/jvm.options"), "-Xmx" + heap));
        command.addAll(new StartCache(target, name(), jar, List.copyOf(command)).options());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
