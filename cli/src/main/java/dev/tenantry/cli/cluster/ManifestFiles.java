package dev.tenantry.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The objects in the files that {@code --apply} names, in the order in which a cluster accepts them. */
public final class ManifestFiles {

    private static final String FIELD_MANAGER = "tenantry";
    private static final Set<String> FIRST = Set.of("Namespace", "CustomResourceDefinition");

    private record Entry(Path file, HasMetadata object) {}

    private final List<Entry> entries;

    private ManifestFiles(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Read files, and all {@code .yaml}, {@code .yml} and {@code .json} files in and below folders.
     *
     * @throws CommandFailure if one is missing or is no Kubernetes object, with its name
     */
    public static ManifestFiles read(List<Path> paths) {
        List<Entry> entries = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                objects(file).forEach(object -> entries.add(new Entry(file, object)));
            }
        }
        // Stable: within the two groups the order of the files stays.
        entries.sort(Comparator.comparing(entry -> FIRST.contains(entry.object().getKind()) ? 0 : 1));
        return new ManifestFiles(entries);
    }

    /** Return the number of objects. */
    public int size() {
        return entries.size();
    }

    /**
     * Apply all on the server's side, taking over fields that others manage: what a person names at the terminal is meant.
     *
     * @throws CommandFailure at the first that is refused, with its file and the server's reason
     */
    public void apply(KubernetesClient client) {
        for (Entry entry : entries) {
            try {
                client.resource(entry.object()).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
            } catch (KubernetesClientException e) {
                throw new CommandFailure("%s: %s %s is refused: %s".formatted(entry.file(), entry.object().getKind(),
                        entry.object().getMetadata().getName(), e.getMessage()), e);
            }
        }
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile).filter(ManifestFiles::isManifest).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static List<HasMetadata> objects(Path file) {
        try {
            Object content = Serialization.unmarshal(Files.newInputStream(file));
            List<?> objects = content instanceof List<?> list ? list : List.of(content);
            return objects.stream().map(HasMetadata.class::cast).toList();
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e), e);
        } catch (RuntimeException e) {
            throw new CommandFailure("%s holds no Kubernetes objects: %s".formatted(file, e.getMessage()), e);
        }
    }
}
