package dev.tenantry.testkit.application;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JVM keeps of one start of an application, beside its build, so that the next ones are quick.
 * <p>
 * From JDK 25 on, that is an AOT cache: a first run records what it loads when it is stopped, and the next start makes the
 * cache of it, once, in some fifteen seconds. Older JDKs make an archive of classes at the end of the first run. A run
 * that is killed leaves nothing, and without a cache an application only starts slower.
 *
 * @param jar the application, as the build made it
 * @param java the command that runs the JVM with the options that all runs have in common
 * @see <a href="https://openjdk.org/jeps/483">JEP 483: Ahead-of-Time Class Loading &amp; Linking</a>
 * @see <a href="https://openjdk.org/jeps/350">JEP 350: Dynamic CDS Archives</a>
 */
record StartCache(Path folder, String name, Path jar, List<String> java) {

    private static final Logger LOGGER = LoggerFactory.getLogger(StartCache.class);
    private static final int FIRST_WITH_AOT_CACHE = 25;
    // That a cache is missing or outdated is no news.
    private static final List<String> SILENT_AOT = List.of("-Xlog:aot*=off,cds*=off");
    private static final List<String> SILENT_ARCHIVE = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

    /** Return the JVM's options that use the cache, or make one; blocks while it is made of an earlier run's record. */
    List<String> options() {
        return options(Runtime.version().feature());
    }

    List<String> options(int jdk) {
        List<String> options = new ArrayList<>();
        if (jdk < FIRST_WITH_AOT_CACHE) {
            Path archive = folder.resolve(name + ".jsa");
            isOfThisBuild(archive);
            options.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
            options.addAll(SILENT_ARCHIVE);
            return options;
        }
        Path cache = folder.resolve(name + ".aot");
        if (isOfThisBuild(cache) || isMade(cache)) {
            options.add("-XX:AOTCache=" + cache);
        } else {
            // Several that are started before the first has ended record each for itself.
            options.add("-XX:AOTMode=record");
            options.add("-XX:AOTConfiguration=" + folder.resolve(name + "-" + UUID.randomUUID() + ".aotconf"));
        }
        options.addAll(SILENT_AOT);
        return options;
    }

    /** Tell whether a file is there and newer than the application; remove it if it is older, as it is of no use. */
    private boolean isOfThisBuild(Path file) {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Make the cache if a run has left its record; processes and threads that want the same wait for each other. */
    private boolean isMade(Path cache) {
        synchronized (StartCache.class) {
            try (var lock = new RandomAccessFile(folder.resolve(name + ".aot.lock").toFile(), "rw");
                    var held = lock.getChannel().lock()) {
                if (isOfThisBuild(cache)) {
                    return true;
                }
                Optional<Path> record = records().stream().filter(this::isOfThisBuild).findFirst();
                if (record.isEmpty()) {
                    return false;
                }
                boolean made = make(cache, record.get());
                for (Path done : records()) {
                    Files.deleteIfExists(done);
                }
                return made;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make " + cache, e);
            }
        }
    }

    private List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-")
                    && file.toString().endsWith(".aotconf")).toList();
        }
    }

    private boolean make(Path cache, Path record) throws IOException {
        LOGGER.info("making later starts quick, once for a build name={}", name);
        Path unfinished = folder.resolve(name + ".aot.unfinished");
        Path log = folder.resolve(name + ".aot.log");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + unfinished,
                "-jar", jar.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                LOGGER.warn("cannot make later starts quick name={} log={}", name, log);
                return false;
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
        Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }
}
