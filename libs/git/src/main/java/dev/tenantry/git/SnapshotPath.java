package dev.tenantry.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one way that a path from outside becomes segments inside a snapshot. */
final class SnapshotPath {

    private SnapshotPath() {}

    /** Resolve {@code .}, {@code ..} and repeated slashes; nothing if the path leads outside. */
    static Optional<List<String>> resolve(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    return Optional.empty();
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return Optional.of(segments);
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** Return the path of what has this name in the folder. */
    static List<String> append(List<String> folder, String name) {
        List<String> path = new ArrayList<>(folder.size() + 1);
        path.addAll(folder);
        path.add(name);
        return path;
    }
}
