package dev.tenantry.workers;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Find the programs of the workers. */
public final class WorkerBinary {

    /** The system property that names the folder of the workers' programs. */
    public static final String FOLDER_PROPERTY = "tenantry.workers";

    /** The environment variable that names the folder, where the property is not set. */
    public static final String FOLDER_VARIABLE = "TENANTRY_WORKERS";

    private WorkerBinary() {}

    /**
     * Look in the folder of the system property, else of the environment variable, else in {@code workers/bin} beside
     * or above the program's jar, else in {@code workers/target/bin} of the checkout that the jar or the current folder
     * is in.
     *
     * @param name the program, as {@code kustomize-worker}
     * @throws FileNotFoundException when it is in none of them; the message says what to do
     */
    public static Path find(String name) throws IOException {
        Optional<String> named = Optional.ofNullable(System.getProperty(FOLDER_PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(FOLDER_VARIABLE)));
        List<Path> folders = named.map(folder -> List.of(Path.of(folder))).orElseGet(WorkerBinary::usualFolders);
        for (Path folder : folders) {
            Path program = folder.resolve(name);
            if (Files.isExecutable(program)) {
                return program.toAbsolutePath();
            }
        }
        throw new FileNotFoundException("The program " + name + " is not in " + folders
                + ". Build it by workers/build, or say where it is by -D" + FOLDER_PROPERTY + "=FOLDER.");
    }

    private static List<Path> usualFolders() {
        List<Path> folders = new ArrayList<>();
        for (Path above = codeFolder(); above != null; above = above.getParent()) {
            folders.add(above.resolve("workers/bin"));
            folders.add(above.resolve("workers/target/bin"));
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            folders.add(above.resolve("workers/target/bin"));
        }
        return folders.stream().filter(Files::isDirectory).distinct().toList();
    }

    private static @Nullable Path codeFolder() {
        try {
            // Some class loaders, as that of Quarkus' development mode, give no file.
            var source = WorkerBinary.class.getProtectionDomain().getCodeSource();
            if (source == null || !"file".equals(source.getLocation().getProtocol())) {
                return null;
            }
            return Path.of(source.getLocation().toURI()).toAbsolutePath().getParent();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
