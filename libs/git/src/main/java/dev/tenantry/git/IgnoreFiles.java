package dev.tenantry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.git.IgnorePattern.Verdict;

/**
 * Say what of a tree is left out: the fixed list, Flux's defaults where nobody says anything, then each
 * {@code .sourceignore} along the path, then {@code spec.ignore}. Of all patterns that match, the last one decides.
 */
final class IgnoreFiles {

    /** The file that holds a folder's patterns. */
    static final String NAME = ".sourceignore";

    private static final List<IgnorePattern> ALWAYS = parse(".git/", ".gitignore", ".gitmodules", ".gitattributes");
    private static final List<IgnorePattern> DEFAULTS = parse(
            "*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip",
            ".github/", ".circleci/", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml", "cloudbuild.yaml",
            "codeship-services.yml", "codeship-steps.yml",
            "**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml");

    private final List<IgnorePattern> fromSpec;
    private final Folders folders;

    /** The files of the tree that this is about. */
    interface Folders {

        /** Return the patterns of the folder's own file, empty if there is none. */
        List<IgnorePattern> patternsOf(List<String> folder) throws IOException;

        /** Say whether any folder of the tree has a pattern. */
        boolean anyPatterns() throws IOException;
    }

    IgnoreFiles(IgnoreRules rules, Folders folders) {
        this.fromSpec = rules.text() == null ? List.of() : IgnorePattern.parseAll(rules.text(), List.of());
        this.folders = folders;
    }

    private static List<IgnorePattern> parse(String... lines) {
        List<IgnorePattern> patterns = new ArrayList<>();
        for (String line : lines) {
            patterns.add(IgnorePattern.parse(line, List.of()));
        }
        return List.copyOf(patterns);
    }

    static List<IgnorePattern> read(byte[] file, List<String> folder) {
        return IgnorePattern.parseAll(new String(file, StandardCharsets.UTF_8), folder);
    }

    boolean excludes(List<String> path, boolean folder) throws IOException {
        Verdict verdict = lastOf(fromSpec, path, folder);
        for (int depth = path.size() - 1; verdict == Verdict.NOTHING && depth >= 0; depth--) {
            verdict = lastOf(folders.patternsOf(path.subList(0, depth)), path, folder);
        }
        // The whole tree is searched for patterns only where the answer depends on it.
        if (verdict == Verdict.NOTHING && lastOf(DEFAULTS, path, folder) == Verdict.EXCLUDE) {
            verdict = anyPatterns() ? Verdict.NOTHING : Verdict.EXCLUDE;
        }
        if (verdict == Verdict.NOTHING) {
            verdict = lastOf(ALWAYS, path, folder);
        }
        return verdict == Verdict.EXCLUDE;
    }

    /** Say whether a pattern from the folder or above may include something again below it. */
    boolean mayIncludeBelow(List<String> folder) throws IOException {
        if (fromSpec.stream().anyMatch(pattern -> pattern.mayIncludeBelow(folder))) {
            return true;
        }
        for (int depth = folder.size(); depth >= 0; depth--) {
            if (folders.patternsOf(folder.subList(0, depth))
                    .stream()
                    .anyMatch(pattern -> pattern.mayIncludeBelow(folder))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPatterns() throws IOException {
        return !fromSpec.isEmpty() || folders.anyPatterns();
    }

    private static Verdict lastOf(List<IgnorePattern> patterns, List<String> path, boolean folder) {
        for (IgnorePattern pattern : patterns.reversed()) {
            Verdict verdict = pattern.match(path, folder);
            if (verdict != Verdict.NOTHING) {
                return verdict;
            }
        }
        return Verdict.NOTHING;
    }
}
