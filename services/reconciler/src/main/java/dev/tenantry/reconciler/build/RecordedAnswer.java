package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One answer that a build got from its source.
 *
 * <p>Each has a form as one line of text: {@code content <blob id> <octal mode> <path>},
 * {@code listing <digest> <path>} or {@code type <file|folder|absent> <path>}.
 */
public sealed interface RecordedAnswer {

    String path();

    /** Say whether a tree gives this answer too. */
    boolean sameIn(SourceTree tree) throws IOException;

    /** Print the answer as one line. */
    String line();

    /** A file was read. */
    record Content(String path, String blobId, int mode) implements RecordedAnswer {

        @Override
        public boolean sameIn(SourceTree tree) throws IOException {
            return tree.entry(path).orElse(null) instanceof SourceTree.File file
                    && file.blobId().equals(blobId)
                    && file.mode() == mode;
        }

        @Override
        public String line() {
            return "content " + blobId + " " + Integer.toOctalString(mode) + " " + path;
        }
    }

    /**
     * A folder was listed.
     *
     * @param digest SHA-256 over the sorted names and types, in hex; contents do not count
     */
    record Listing(String path, String digest) implements RecordedAnswer {

        static Listing of(String path, List<SourceTree.Entry> entries) {
            List<String> names = new ArrayList<>(entries.size());
            for (SourceTree.Entry entry : entries) {
                names.add(PathType.of(entry).text() + " " + entry.name() + "\n");
            }
            names.sort(null);
            MessageDigest sha256 = sha256();
            names.forEach(name -> sha256.update(name.getBytes(StandardCharsets.UTF_8)));
            return new Listing(path, HexFormat.of().formatHex(sha256.digest()));
        }

        @Override
        public boolean sameIn(SourceTree tree) throws IOException {
            return tree.entry(path).orElse(null) instanceof SourceTree.Folder
                    && of(path, tree.list(path)).equals(this);
        }

        @Override
        public String line() {
            return "listing " + digest + " " + path;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }

    /** It was asked what a path leads to. */
    record Type(String path, PathType type) implements RecordedAnswer {

        @Override
        public boolean sameIn(SourceTree tree) throws IOException {
            return PathType.of(tree.entry(path)) == type;
        }

        @Override
        public String line() {
            return "type " + type.text() + " " + path;
        }
    }

    /** What a path leads to. */
    enum PathType {
        FILE("file"), FOLDER("folder"), ABSENT("absent");

        private final String text;

        PathType(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static PathType of(Optional<SourceTree.Entry> entry) {
            return entry.map(PathType::of).orElse(ABSENT);
        }

        static PathType of(SourceTree.Entry entry) {
            return switch (entry) {
                case SourceTree.File file -> FILE;
                case SourceTree.Folder folder -> FOLDER;
            };
        }
    }

    /**
     * Read what {@link #line()} wrote.
     *
     * @throws IllegalArgumentException when the line is of no known form
     */
    static RecordedAnswer parse(String line) {
        // The path comes last and may hold spaces.
        String[] words = line.split(" ", 2);
        if (words.length == 2) {
            String rest = words[1];
            int space = rest.indexOf(' ');
            if (words[0].equals("content") && space >= 0) {
                int second = rest.indexOf(' ', space + 1);
                if (second >= 0) {
                    int mode = Integer.parseInt(rest.substring(space + 1, second), 8);
                    return new Content(rest.substring(second + 1), rest.substring(0, space), mode);
                }
            }
            if (words[0].equals("listing") && space >= 0) {
                return new Listing(rest.substring(space + 1), rest.substring(0, space));
            }
            if (words[0].equals("type") && space >= 0) {
                for (PathType type : PathType.values()) {
                    if (type.text().equals(rest.substring(0, space))) {
                        return new Type(rest.substring(space + 1), type);
                    }
                }
            }
        }
        throw new IllegalArgumentException("No recorded answer: '" + line + "'");
    }
}
