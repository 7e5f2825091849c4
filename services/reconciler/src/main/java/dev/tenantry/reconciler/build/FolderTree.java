package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Show a plain folder as a source, as Flux would pack it: symbolic links are left out, wherever they lead.
 *
 * <p>The folder must not change while it is read.
 */
public final class FolderTree implements SourceTree {

    /** Say what is left out. */
    public interface Rules {

        /** Say whether a path is left out, which is relative to the root. */
        boolean leavesOut(String path, boolean folder) throws IOException;
    }

    private static final int REGULAR = 0100644;
    private static final int EXECUTABLE = 0100755;

    private final Path root;
    private final Rules rules;
    private final Map<String, String> blobIds = new ConcurrentHashMap<>();

    /**
     * Show all of a folder.
     *
     * @throws IOException when it is none
     */
    public FolderTree(Path root) throws IOException {
        this(root, (path, folder) -> false);
    }

    /**
     * Show a folder without the paths that rules leave out. What is below a folder that is left out is not asked for.
     *
     * @throws IOException when it is none
     */
    public FolderTree(Path root, Rules rules) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new FileSystemException(root.toString(), null, "is not a folder");
        }
        this.root = root.toRealPath();
        this.rules = rules;
    }

    @Override
    public Optional<Entry> entry(String path) throws IOException {
        Optional<Path> place = place(path);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        BasicFileAttributes attributes = attributes(place.get());
        if (attributes.isDirectory()) {
            return Optional.of(new Folder(nameOf(path)));
        }
        return Optional.of(file(path, place.get(), attributes));
    }

    @Override
    public List<Entry> list(String folder) throws IOException {
        Optional<Path> place = place(folder);
        List<Entry> entries = new ArrayList<>();
        if (place.isPresent() && attributes(place.get()).isDirectory()) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(place.get())) {
                for (Path child : children) {
                    String name = child.getFileName().toString();
                    entry(folder.isEmpty() ? name : folder + "/" + name).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    @Override
    public long size(String path) throws IOException {
        return Files.size(filePlace(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(filePlace(path));
    }

    private Path filePlace(String path) throws IOException {
        Optional<Path> place = place(path);
        if (place.isEmpty() || !attributes(place.get()).isRegularFile()) {
            throw new NoSuchFileException(path);
        }
        return place.get();
    }

    /** Find where a path is on the disk, if it is a file or folder that is shown. */
    private Optional<Path> place(String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(root);
        }
        Path place = root;
        StringBuilder prefix = new StringBuilder();
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            if (!prefix.isEmpty()) {
                if (!attributes(place).isDirectory()) {
                    return Optional.empty();
                }
                prefix.append('/');
            }
            place = place.resolve(name);
            prefix.append(name);
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS) || !isShown(prefix.toString(), attributes(place))) {
                return Optional.empty();
            }
        }
        return Optional.of(place);
    }

    private boolean isShown(String path, BasicFileAttributes attributes) throws IOException {
        return (attributes.isDirectory() || attributes.isRegularFile())
                && !rules.leavesOut(path, attributes.isDirectory());
    }

    private static BasicFileAttributes attributes(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private File file(String path, Path place, BasicFileAttributes attributes) throws IOException {
        String blobId = blobIds.get(path);
        if (blobId == null) {
            blobId = hash(place, attributes.size());
            blobIds.put(path, blobId);
        }
        return new File(nameOf(path), blobId, Files.isExecutable(place) ? EXECUTABLE : REGULAR);
    }

    /** Compute the id that git gives to a file's content. */
    private static String hash(Path place, long size) throws IOException {
        MessageDigest sha1 = sha1();
        sha1.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = Files.newInputStream(place)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha1.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha1.digest());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
