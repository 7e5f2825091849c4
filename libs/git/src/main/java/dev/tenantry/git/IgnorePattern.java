package dev.tenantry.git;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of an ignore file, matched as Flux matches it. That differs from git in some corners that repositories rely
 * on: a file in an excluded folder can be included again, and {@code a/**} excludes {@code a} too.
 */
final class IgnorePattern {

    /** What a pattern says about a path. */
    enum Verdict {
        NOTHING, EXCLUDE, INCLUDE
    }

    private final List<String> domain;
    private final List<Segment> segments;
    private final boolean inclusion;
    private final boolean foldersOnly;
    private final boolean anchored;

    private record Segment(String text, Glob glob) {

        private boolean isAnyDepth() {
            return text.equals("**");
        }
    }

    private IgnorePattern(List<String> domain, List<Segment> segments, boolean inclusion, boolean foldersOnly,
            boolean anchored) {
        this.domain = domain;
        this.segments = segments;
        this.inclusion = inclusion;
        this.foldersOnly = foldersOnly;
        this.anchored = anchored;
    }

    /**
     * Read a line.
     *
     * @param domain the folder that the line is about
     */
    static IgnorePattern parse(String line, List<String> domain) {
        String text = line;
        boolean inclusion = text.startsWith("!");
        if (inclusion) {
            text = text.substring(1);
        }
        if (!text.endsWith("\\ ")) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            text = text.substring(0, end);
        }
        boolean foldersOnly = text.endsWith("/");
        if (foldersOnly) {
            text = text.substring(0, text.length() - 1);
        }
        List<Segment> segments = new ArrayList<>();
        for (String segment : text.split("/", -1)) {
            segments.add(new Segment(segment, Glob.compile(segment)));
        }
        return new IgnorePattern(List.copyOf(domain), List.copyOf(segments), inclusion, foldersOnly,
                text.contains("/"));
    }

    /** Read all lines of a file that are neither blank nor comments. */
    static List<IgnorePattern> parseAll(String text, List<String> domain) {
        List<IgnorePattern> patterns = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                patterns.add(parse(line, domain));
            }
        }
        return patterns;
    }

    Verdict match(List<String> path, boolean folder) {
        if (!isInDomain(path)) {
            return Verdict.NOTHING;
        }
        List<String> inside = path.subList(domain.size(), path.size());
        if (!(anchored ? matchesAnchored(inside, folder) : matchesAnyName(inside, folder))) {
            return Verdict.NOTHING;
        }
        return inclusion ? Verdict.INCLUDE : Verdict.EXCLUDE;
    }

    /** Say whether this may include something again below an excluded folder. */
    boolean mayIncludeBelow(List<String> folder) {
        if (!inclusion) {
            return false;
        }
        if (!anchored || folder.size() < domain.size()) {
            return true;
        }
        if (!folder.subList(0, domain.size()).equals(domain)) {
            return false;
        }
        int at = domain.size();
        for (Segment segment : segments) {
            if (segment.isAnyDepth() || at == folder.size()) {
                return true;
            }
            if (!segment.text.isEmpty() && !segment.glob.matches(folder.get(at++))) {
                return false;
            }
        }
        return true;
    }

    private boolean isInDomain(List<String> path) {
        return path.size() > domain.size() && path.subList(0, domain.size()).equals(domain);
    }

    private boolean matchesAnyName(List<String> path, boolean folder) {
        Glob name = segments.get(0).glob;
        for (int i = 0; i < path.size(); i++) {
            if (name.matches(path.get(i))) {
                return !foldersOnly || folder || i < path.size() - 1;
            }
        }
        return false;
    }

    private boolean matchesAnchored(List<String> path, boolean folder) {
        boolean matched = false;
        boolean anyDepth = false;
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.text.isEmpty()) {
                anyDepth = false;
            } else if (segment.isAnyDepth()) {
                anyDepth = i < segments.size() - 1;
            } else if (segment.text.contains("**") || at == path.size()) {
                return false;
            } else if (anyDepth) {
                anyDepth = false;
                int found = indexOf(segment.glob, path, at);
                // Unlike in git, what follows may still match nothing and leave the earlier answer.
                matched = found >= 0;
                at = found >= 0 ? found + 1 : path.size();
            } else if (segment.glob.matches(path.get(at))) {
                matched = true;
                at++;
            } else {
                return false;
            }
        }
        return matched && (!foldersOnly || folder || at < path.size());
    }

    private static int indexOf(Glob glob, List<String> path, int from) {
        for (int i = from; i < path.size(); i++) {
            if (glob.matches(path.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
