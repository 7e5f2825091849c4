package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tenantry.reconciler.build.BuildResult.BuildFailed;
import dev.tenantry.reconciler.build.BuildResult.Reason;
import dev.tenantry.reconciler.build.FolderTree;
import dev.tenantry.reconciler.build.Printout;
import dev.tenantry.reconciler.build.Printout.Printed;
import dev.tenantry.reconciler.build.RecordedInputs;

/** Render many Kustomizations at once, each into a file of its own. */
final class Batch {

    /** How many lines came to what. */
    record Tally(int rendered, int failed) {}

    private final Renderer renderer;
    private final Path out;
    private final Map<Path, FolderTree> trees = new ConcurrentHashMap<>();

    /** Write below a folder, which is made when it is not there. */
    Batch(Renderer renderer, Path out) {
        this.renderer = renderer;
        this.out = out.toAbsolutePath().normalize();
    }

    /**
     * Render all lines, so many at once.
     *
     * @throws IOException when a result cannot be written or no worker runs; what is wrong with a line goes to its file
     */
    Tally run(List<BatchLine> lines, int parallel) throws IOException, InterruptedException {
        Files.createDirectories(out);
        for (Path root : lines.stream().map(BatchLine::root).distinct().toList()) {
            refuseToWriteInto(root);
        }
        int rendered = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (BatchLine line : lines) {
                results.add(threads.submit(() -> render(line)));
            }
            try {
                for (Future<Boolean> result : results) {
                    rendered += result.get() ? 1 : 0;
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException("A build ended by " + e.getCause(), e.getCause());
            }
        }
        return new Tally(rendered, lines.size() - rendered);
    }

    /** Render one line; false when it came to an error. */
    private boolean render(BatchLine line) throws IOException, InterruptedException {
        return switch (printout(line)) {
            case Printed(String yaml, List<String> warnings) -> {
                replace(line.id(), ".yaml", yaml, ".err");
                yield true;
            }
            case BuildFailed failed -> {
                replace(line.id(), ".err", failed.message() + "\n", ".yaml");
                yield false;
            }
        };
    }

    private Printout printout(BatchLine line) throws InterruptedException {
        try {
            return renderer.render(tree(line.root()), Optional.of(line.path()), line.kustomization());
        } catch (IOException e) {
            return new BuildFailed(Reason.ARTIFACT_FAILED, e.toString(), RecordedInputs.unknown());
        }
    }

    /** Lines of the same root share a tree, which hashes each file once. */
    private FolderTree tree(Path root) throws IOException {
        FolderTree known = trees.get(root);
        if (known == null) {
            known = new FolderTree(root);
            trees.put(root, known);
        }
        return known;
    }

    /** Write a result in place of what an earlier batch left. */
    private void replace(String id, String ending, String text, String staleEnding) throws IOException {
        Path file = out.resolve(id + ending);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.deleteIfExists(out.resolve(id + staleEnding));
    }

    private void refuseToWriteInto(Path root) throws IOException {
        if (Files.exists(root) && out.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("--out " + out + " is in " + root + ", a source, which is never written to");
        }
    }
}
