package dev.tenantry.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tenantry.cli.files.WholeFile;

/** Work on many lines at once, and write what comes of each to {@code <id>.yaml}, or what is wrong to {@code <id>.err}. */
public final class BatchRun {

    /** How many lines came to what. */
    public record Tally(int done, int failed) {}

    /** What came of a line. */
    public sealed interface Result {}

    /** Objects, as YAML. */
    public record Done(String yaml) implements Result {

        /** Print nothing of them: they may be Secrets. */
        @Override
        public String toString() {
            return "Done";
        }
    }

    /** An error. */
    public record Failed(String message) implements Result {}

    /** What is done for a line. */
    public interface Work<L> {

        /** @throws IOException when it is no use to go on with any other line */
        Result of(L line) throws IOException, InterruptedException;
    }

    private interface Writer {
        void write(Path file, String text) throws IOException;
    }

    private final Path out;
    private final Writer writer;

    private BatchRun(Path out, Writer writer) {
        this.out = out.toAbsolutePath().normalize();
        this.writer = writer;
    }

    /** Write below a folder, which is made when it is not there. */
    public static BatchRun into(Path out) {
        return new BatchRun(out, Files::writeString);
    }

    /** Write below a folder what nobody but its owner may read. */
    public static BatchRun privatelyInto(Path out) {
        return new BatchRun(out, WholeFile::writePrivate);
    }

    /**
     * Do the work for all lines, so many at once.
     *
     * @throws IOException when a result cannot be written, or the work throws it; what is wrong with a line goes to its file
     */
    public <L extends BatchFile.Line> Tally run(List<L> lines, int parallel, Work<L> work)
            throws IOException, InterruptedException {
        Files.createDirectories(out);
        int done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (L line : lines) {
                results.add(threads.submit(() -> write(line.id(), work.of(line))));
            }
            try {
                for (Future<Boolean> result : results) {
                    done += result.get() ? 1 : 0;
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException("A line's work ended by " + e.getCause(), e.getCause());
            }
        }
        return new Tally(done, lines.size() - done);
    }

    /** Write a result; false when it is an error. */
    private boolean write(String id, Result result) throws IOException {
        return switch (result) {
            case Done(String yaml) -> {
                replace(id, ".yaml", yaml, ".err");
                yield true;
            }
            case Failed(String message) -> {
                replace(id, ".err", message + "\n", ".yaml");
                yield false;
            }
        };
    }

    /** Write a result in place of what an earlier batch left. */
    private void replace(String id, String ending, String text, String staleEnding) throws IOException {
        Path file = out.resolve(id + ending);
        Files.createDirectories(file.getParent());
        writer.write(file, text);
        Files.deleteIfExists(out.resolve(id + staleEnding));
    }
}
