package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.tenantry.cli.batch.BatchRun;
import dev.tenantry.cli.batch.BatchRun.Tally;
import dev.tenantry.reconciler.build.BuildResult.BuildFailed;
import dev.tenantry.reconciler.build.FolderTree;
import dev.tenantry.reconciler.build.Printout.Printed;

/** Render many Kustomizations at once, each into a file of its own. */
final class Batch {

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
        return BatchRun.into(out).run(lines, parallel, this::render);
    }

    private BatchRun.Result render(BatchLine line) throws InterruptedException {
        try {
            return switch (renderer.render(tree(line.root()), Optional.of(line.path()), line.kustomization())) {
                case Printed(String yaml, List<String> warnings) -> new BatchRun.Done(yaml);
                case BuildFailed failed -> new BatchRun.Failed(failed.message());
            };
        } catch (IOException e) {
            return new BatchRun.Failed(e.toString());
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

    private void refuseToWriteInto(Path root) throws IOException {
        if (Files.exists(root) && out.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("--out " + out + " is in " + root + ", a source, which is never written to");
        }
    }
}
