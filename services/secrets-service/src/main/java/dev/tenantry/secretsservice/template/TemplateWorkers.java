package dev.tenantry.secretsservice.template;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.workers.Reply;
import dev.tenantry.workers.WorkerPool;

/**
 * Render templates with Go's own engine and Sprig, in processes that start when they are first needed.
 *
 * <p>A process that dies is replaced and the templates are tried once more. Templates that take too long or too much
 * memory have failed, and so have those that end the process twice: the next ones get a new process. No message, error
 * or {@code toString()} holds a value. Safe for use by many threads.
 */
public final class TemplateWorkers implements Templates, AutoCloseable {

    /** The name of the program, to be found by {@link dev.tenantry.workers.WorkerBinary}. */
    public static final String PROGRAM = "template-worker";

    private final WorkerPool pool;
    private final Duration time;

    /**
     * Use a program.
     *
     * @param workers how many SealedSecrets' templates are rendered at once
     * @param time how long all templates of one SealedSecret may take
     * @param memoryBytes the heap that they may take
     */
    public TemplateWorkers(Path program, int workers, Duration time, long memoryBytes) {
        this.pool = new WorkerPool(program, workers, memoryBytes);
        this.time = time;
    }

    @Override
    public Rendering render(String namespace, Map<String, String> templates, Map<String, byte[]> values) {
        TemplateJob job = new TemplateJob(templates, values);
        try {
            Attempt attempt = attempt(namespace, job);
            if (attempt.reply() instanceof Reply.Crashed) {
                attempt = attempt(namespace, job);
            }
            return result(attempt);
        } catch (IOException e) {
            return new Unavailable("no worker that renders templates starts: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("the rendering of templates was interrupted");
        }
    }

    /** End the processes, those that are at work after what they do. */
    @Override
    public void close() {
        pool.close();
    }

    private Attempt attempt(String namespace, TemplateJob job) throws IOException, InterruptedException {
        Progress progress = new Progress();
        return new Attempt(pool.run(job.encoded(), progress, namespace, time), progress.last());
    }

    private Rendering result(Attempt attempt) {
        return switch (attempt.reply()) {
            case Reply.Answered answered -> TemplateAnswer.read(answered);
            case Reply.TimedOut() -> blame(attempt, "it did not end within " + time.toMillis() / 1000.0
                    + " s, the time that all templates of a SealedSecret may take");
            case Reply.OutOfMemory() -> blame(attempt, "it needs more than " + (pool.memoryBytes() >> 20)
                    + " MiB of memory");
            // The last words are left out, though the worker has none of a value.
            case Reply.Crashed(int exitCode, String lastWords) -> blame(attempt,
                    "it ended the process that rendered it (exit status " + exitCode + ")");
        };
    }

    private static Rendering blame(Attempt attempt, String message) {
        return attempt.last() == null
                ? new Unavailable("a worker that renders templates did not begin: " + message)
                : new Failed(Map.of(attempt.last(), message));
    }

    /** @param last the key of the template that was rendered last, if one was begun */
    private record Attempt(Reply reply, @Nullable String last) {}
}
