package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Say what of a plain folder a snapshot of it would leave out, as where a working tree stands for its commit.
 *
 * <p>
 * The folder must not change meanwhile. Safe for use by many threads.
 */
public final class FolderRules implements IgnoreFiles.Folders {

    /** The repository itself is no part of its tree. */
    private static final String REPOSITORY = ".git";

    private final Path root;
    private final IgnoreFiles ignored;
    private final Map<List<String>, List<IgnorePattern>> patterns = new ConcurrentHashMap<>();
    private volatile @Nullable Boolean anyPatterns;

    /** Read the {@code .sourceignore} files of a folder, when they are asked for. */
    public FolderRules(Path root, IgnoreRules rules) {
        this.root = root;
        this.ignored = new IgnoreFiles(rules, this);
    }

    /**
     * Say whether a path is left out, itself or by a folder above it. A folder that may hold something that is included
     * again is not.
     *
     * @param path relative to the root, with {@code /} between names
     */
    public boolean leavesOut(String path, boolean folder) throws IOException {
        List<String> names = List.of(path.split("/"));
        for (int depth = 1; depth < names.size(); depth++) {
            if (excludesAll(names.subList(0, depth))) {
                return true;
            }
        }
        return folder ? excludesAll(names) : ignored.excludes(names, false);
    }

    private boolean excludesAll(List<String> folder) throws IOException {
        if (!ignored.excludes(folder, true) || ignored.mayIncludeBelow(folder)) {
            return false;
        }
        Path place = root.resolve(String.join("/", folder));
        return !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) || !hasPatterns(place, folder);
    }

    @Override
    public List<IgnorePattern> patternsOf(List<String> folder) throws IOException {
        List<IgnorePattern> known = patterns.get(folder);
        if (known == null) {
            Path file = root.resolve(String.join("/", folder)).resolve(IgnoreFiles.NAME);
            known = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? List.copyOf(IgnoreFiles.read(Files.readAllBytes(file), folder))
                    : List.of();
            patterns.put(List.copyOf(folder), known);
        }
        return known;
    }

    @Override
    public boolean anyPatterns() throws IOException {
        Boolean known = anyPatterns;
        if (known == null) {
            known = hasPatterns(root, List.of());
            anyPatterns = known;
        }
        return known;
    }

    private boolean hasPatterns(Path folder, List<String> names) throws IOException {
        if (!patternsOf(names).isEmpty()) {
            return true;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (!child.endsWith(REPOSITORY) && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    List<String> below = new ArrayList<>(names);
                    below.add(child.getFileName().toString());
                    if (hasPatterns(child, below)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
