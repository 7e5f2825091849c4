package dev.tenantry.reconciler.build;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A source in memory: content by path. */
class MemoryTree implements SourceTree {

    private final Map<String, String> files;

    private MemoryTree(Map<String, String> files) {
        this.files = files;
    }

    static MemoryTree of(String... pathsAndContents) {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(pathsAndContents[i], pathsAndContents[i + 1]);
        }
        return new MemoryTree(files);
    }

    /** Give a copy with one file more, or another content. */
    MemoryTree with(String path, String content) {
        Map<String, String> changed = new HashMap<>(files);
        changed.put(path, content);
        return new MemoryTree(changed);
    }

    MemoryTree without(String path) {
        Map<String, String> changed = new HashMap<>(files);
        changed.remove(path);
        return new MemoryTree(changed);
    }

    @Override
    public Optional<Entry> entry(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String content = files.get(path);
        if (content != null) {
            return Optional.of(new File(name, Integer.toHexString(content.hashCode()), 0100644));
        }
        boolean folder = path.isEmpty() || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
        return folder ? Optional.of(new Folder(name)) : Optional.empty();
    }

    @Override
    public List<Entry> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        Map<String, Entry> entries = new TreeMap<>();
        for (String file : files.keySet()) {
            if (file.startsWith(prefix)) {
                String name = file.substring(prefix.length()).split("/", 2)[0];
                entries.put(name, entry(prefix + name).orElseThrow());
            }
        }
        return new ArrayList<>(entries.values());
    }

    @Override
    public long size(String path) throws NoSuchFileException {
        return read(path).length;
    }

    @Override
    public byte[] read(String path) throws NoSuchFileException {
        String content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
