package dev.tenantry.reconciler.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.InvalidManifestException;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.reconciler.build.BuildResult.BuildFailed;
import dev.tenantry.reconciler.build.BuildResult.Built;
import dev.tenantry.reconciler.build.BuildResult.Reason;
import dev.tenantry.workers.Reply;
import dev.tenantry.workers.WorkerPool;

/**
 * Render a Kustomization as Flux's kustomize-controller does between artifact and apply.
 *
 * <p>A kustomization file is found at the path or generated over the YAML below it, the fields of the spec are merged
 * into it, kustomize builds, variables are substituted in the emitted text, and common metadata is set. Documents that
 * SOPS encrypted stay as they are. Safe for use by many threads.
 */
public final class Builder {

    /** The name of the program that builds. */
    public static final String WORKER = "kustomize-worker";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkerPool pool;
    private final BuildLimits limits;

    public Builder(WorkerPool pool, BuildLimits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    /**
     * Build the objects.
     *
     * @throws IOException when the source cannot be read or no worker starts; what is wrong with the source or the
     *     request is a {@link BuildFailed} instead
     */
    public BuildResult build(BuildRequest request, SourceTree tree) throws IOException, InterruptedException {
        return build(request, tree, anybody());
    }

    /** Build the objects for a team, within the shorter of the claim's time and that of the limits. */
    public BuildResult build(BuildRequest request, SourceTree tree, BuildClaim claim)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        return switch (run(request, tree, Format.JSON, claim)) {
            case Rendered(byte[] output, Answers answers) -> objects(output, answers.recorded(), start);
            case Failed(BuildFailed failed) -> failed;
        };
    }

    /** Build the objects as YAML documents, for people to read. */
    public Printout print(BuildRequest request, SourceTree tree) throws IOException, InterruptedException {
        return switch (run(request, tree, Format.YAML, anybody())) {
            case Rendered(byte[] output, Answers answers) ->
                new Printout.Printed(new String(output, StandardCharsets.UTF_8), answers.warnings());
            case Failed(BuildFailed failed) -> failed;
        };
    }

    /** Name the engines that render, which are an input of every build. */
    public String version() throws IOException, InterruptedException {
        return pool.version();
    }

    private static BuildResult objects(byte[] output, RecordedInputs inputs, long start) throws IOException {
        List<Manifest> objects = new ArrayList<>();
        for (JsonNode object : JSON.readTree(output)) {
            try {
                objects.add(Manifest.of((ObjectNode) object));
            } catch (InvalidManifestException e) {
                return new BuildFailed(Reason.BUILD_FAILED, "kustomize build failed: " + e.getMessage(), inputs);
            }
        }
        return new Built(objects, inputs, Duration.ofNanos(System.nanoTime() - start));
    }

    private BuildClaim anybody() {
        return new BuildClaim("", limits.time());
    }

    private Outcome run(BuildRequest request, SourceTree tree, Format format, BuildClaim claim)
            throws IOException, InterruptedException {
        BuildLimits within = limits.atMost(claim.time());
        Answers answers = new Answers(tree, within);
        Reply reply = pool.run(encode(request, format, within), answers, claim.team(), within.time());
        if (answers.failure().isPresent()) {
            throw answers.failure().get();
        }
        return switch (reply) {
            case Reply.Answered answered when answered.failed() ->
                new Failed(reported(answered.body(), answers.recorded()));
            case Reply.Answered answered -> new Rendered(answered.body(), answers);
            case Reply.TimedOut() -> unknown("the build took more than " + within.time().toMillis() / 1000.0
                    + (within.time().equals(limits.time())
                            ? " s, the longest that a build may take here; "
                            : " s; give it more by spec.timeout, or ")
                    + "split the Kustomization into several");
            case Reply.OutOfMemory() -> unknown("the build needed more than " + (pool.memoryBytes() >> 20)
                    + " MiB of memory; split the Kustomization into several");
            case Reply.Crashed(int exitCode, String lastWords) ->
                unknown("kustomize crashed (exit status " + exitCode + "): " + lastWords);
        };
    }

    private static BuildFailed reported(byte[] body, RecordedInputs inputs) throws IOException {
        JsonNode failure = JSON.readTree(body);
        Reason reason = failure.path("reason").asText().equals(Reason.ARTIFACT_FAILED.conditionReason())
                ? Reason.ARTIFACT_FAILED
                : Reason.BUILD_FAILED;
        return new BuildFailed(reason, failure.path("message").asText(), inputs);
    }

    /** A new try may end otherwise: the machine may have been busy. */
    private static Failed unknown(String message) {
        return new Failed(
                new BuildFailed(Reason.BUILD_FAILED, "kustomize build failed: " + message, RecordedInputs.unknown()));
    }

    private static byte[] encode(BuildRequest request, Format format, BuildLimits within) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("path", request.path());
        json.set("rendering", request.rendering());
        json.set("variables", JSON.valueToTree(request.variables()));
        json.set("secret", JSON.valueToTree(request.secretVariables()));
        json.put("lenient", request.unset() == BuildRequest.Unset.EMPTY);
        json.put("format", format.text);
        json.put("maxOutput", within.outputBytes());
        return JSON.writeValueAsBytes(json);
    }

    /** How a worker writes objects. */
    private enum Format {
        JSON("json"), YAML("yaml");

        private final String text;

        Format(String text) {
            this.text = text;
        }
    }

    /** What a run came to, before the output is read. */
    private sealed interface Outcome {}

    private record Rendered(byte[] output, Answers answers) implements Outcome {}

    private record Failed(BuildFailed failed) implements Outcome {}
}
