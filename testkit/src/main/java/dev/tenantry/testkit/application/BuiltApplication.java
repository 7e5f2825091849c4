package dev.tenantry.testkit.application;

import java.io.IOException;
import java.io.UncheckedIOException;
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
     * Return the command that runs it on this process's JDK.
     * <p>
     * It runs as in production, by the options of {@code services/jvm.options}. Its classes come from an archive beside
     * it, which halves the CPU time of a start. The JVM itself makes it at the end of the first run after a build or with
     * another JDK; without one it only starts slower.
     *
     * @param heap the most that the heap may take, as the JVM writes it, such as {@code 512m}
     * @param options more options of the JVM
     * @throws IllegalStateException if it is not built
     * @see <a href="https://openjdk.org/jeps/350">JEP 350: Dynamic CDS Archives</a>
     */
    public List<String> command(String heap, List<String> options) {
        Path target = folder.resolve("target");
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException(jar + " is not built; start by ./tenantry, which builds it");
        }
        Path archive = target.resolve(name() + ".jsa");
        removeIfOlder(archive, jar);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + LocalClusterPrograms.home().resolve("services/jvm.options"), "-Xmx" + heap,
                "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive,
                // A missing or outdated archive is no news.
                "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Of an archive of other jars the JVM only says that it cannot use it; it makes no new one. */
    private static void removeIfOlder(Path archive, Path jar) {
        try {
            if (Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
