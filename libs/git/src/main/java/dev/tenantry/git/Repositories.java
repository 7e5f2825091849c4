package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The repositories in a directory, each by the name of its own directory. */
final class Repositories implements AutoCloseable {

    static final String SUFFIX = ".git";

    private final Path directory;
    private final long maxObjectBytes;
    private final OpenRepositories open;
    private final Map<String, BareRepository> byName = new ConcurrentHashMap<>();

    private Repositories(Path directory, long maxObjectBytes) {
        this.directory = directory;
        this.maxObjectBytes = maxObjectBytes;
        this.open = new OpenRepositories(maxObjectBytes);
    }

    static Repositories open(Path directory, long maxObjectBytes) throws IOException {
        Files.createDirectories(directory);
        Repositories repositories = new Repositories(directory, maxObjectBytes);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    repositories.get(name).measure();
                } else if (name.contains(BareRepository.DELETED)) {
                    BareRepository.deleteRecursively(entry);
                }
            }
        }
        return repositories;
    }

    BareRepository get(String name) {
        return byName.computeIfAbsent(name, any -> new BareRepository(directory.resolve(name), open, maxObjectBytes));
    }

    /** Return a repository with its lock of changes held by the caller: the one that is known by the name from now on. */
    BareRepository lock(String name) {
        while (true) {
            BareRepository repository = get(name);
            repository.changing().lock();
            if (byName.get(name) == repository) {
                return repository;
            }
            // It was deleted and forgotten while we waited.
            repository.changing().unlock();
        }
    }

    void forget(String name) {
        byName.remove(name);
    }

    List<BareRepository> all() {
        return List.copyOf(byName.values());
    }

    long sizeInBytes() {
        return byName.values().stream().mapToLong(BareRepository::sizeInBytes).sum();
    }

    @Override
    public void close() {
        open.close();
    }
}
