package dev.tenantry.git;

import java.util.List;

/**
 * List the files that differ between two commits, added, changed or removed, sorted.
 *
 * @param paths from the root of the repository, with {@code /}
 * @param truncated whether there were more than the limit asked for
 */
public record ChangedPaths(List<String> paths, boolean truncated) {

    public ChangedPaths {
        paths = List.copyOf(paths);
    }
}
