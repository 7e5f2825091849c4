package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remember on disk which repository each source fetched into last and what it found; a small file for each source. */
final class SourceIndex {

    private static final Logger LOG = LoggerFactory.getLogger(SourceIndex.class);

    private final Path directory;
    private final Map<SourceId, Place> places = new ConcurrentHashMap<>();

    /**
     * Where a source is.
     *
     * @param repository the name of the repository's directory
     */
    record Place(String repository, Revision revision) {}

    private SourceIndex(Path directory) {
        this.directory = directory;
    }

    static SourceIndex open(Path directory) throws IOException {
        SourceIndex index = new SourceIndex(Files.createDirectories(directory));
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                index.load(file);
            }
        }
        return index;
    }

    private void load(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try {
            SourceId source = new SourceId(file.getParent().getFileName().toString(), file.getFileName().toString());
            places.put(source, new Place(lines.get(0), Revision.parse(lines.get(1))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // Cut off by a crash or left by a move: the source fetches again and writes it anew.
            LOG.warn("Skipping the unreadable index entry {}", file, damaged);
            Files.deleteIfExists(file);
        }
    }

    Optional<Place> get(SourceId source) {
        return Optional.ofNullable(places.get(source));
    }

    Set<SourceId> sources() {
        return Set.copyOf(places.keySet());
    }

    /** Return the names of the repositories that any source is in. */
    Set<String> repositories() {
        return places.values().stream().map(Place::repository).collect(Collectors.toSet());
    }

    /** Write the place before anyone can see it. */
    synchronized void put(SourceId source, Place place) throws IOException {
        if (place.equals(places.get(source))) {
            return;
        }
        Path file = file(source);
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling("." + source.name() + ".draft");
        Files.writeString(draft, place.repository() + "\n" + place.revision() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        places.put(source, place);
    }

    synchronized void remove(SourceId source) throws IOException {
        places.remove(source);
        Files.deleteIfExists(file(source));
    }

    private Path file(SourceId source) {
        return directory.resolve(source.namespace()).resolve(source.name());
    }
}
