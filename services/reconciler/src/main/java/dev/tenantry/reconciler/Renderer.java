package dev.tenantry.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.build.BuildClaim;
import dev.tenantry.reconciler.build.BuildRequest;
import dev.tenantry.reconciler.build.BuildResult;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.build.SourceTree;
import dev.tenantry.reconciler.plan.Fingerprint;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.source.Masker;
import dev.tenantry.reconciler.source.SourceRevision;
import dev.tenantry.reconciler.source.Variables;

/** Make a target's objects of its source's files: build, complete, check. */
final class Renderer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BuildStage builder;
    private final String workerVersion;
    private final Cluster cluster;
    private final Fingerprint fingerprint;
    private final UnaryOperator<String> teamOfNamespace;

    /**
     * @param workerVersion names the engines that render
     * @param teamOfNamespace gives the team of a namespace
     */
    Renderer(BuildStage builder, String workerVersion, Cluster cluster, Fingerprint fingerprint,
            UnaryOperator<String> teamOfNamespace) {
        this.builder = builder;
        this.workerVersion = workerVersion;
        this.cluster = cluster;
        this.fingerprint = fingerprint;
        this.teamOfNamespace = teamOfNamespace;
    }

    /** Builds a request for a team, as {@link dev.tenantry.reconciler.build.Builder} does. */
    @FunctionalInterface
    interface BuildStage {

        BuildResult build(BuildRequest request, SourceTree tree, BuildClaim claim)
                throws IOException, InterruptedException;
    }

    /** What a render came to. */
    sealed interface Result {

        /** What of the source it depended on. */
        RecordedInputs inputs();
    }

    /** @param digest stands for the objects */
    record Rendered(List<Manifest> objects, String digest, RecordedInputs inputs) implements Result {}

    /**
     * @param outcome its message quotes no secret
     * @param transitory whether the same inputs may render soon
     */
    record Unrendered(Outcome.Failed outcome, RecordedInputs inputs, boolean transitory) implements Result {}

    private record Kind(String apiVersion, String kind) {

        static Kind of(Manifest object) {
            return new Kind(object.apiVersion(), object.kind());
        }
    }

    /**
     * Name all that a render and its application depend on besides files.
     *
     * @param last the key of the target's last run, given back where all is as it was
     */
    RenderingKey key(Target target, SourceRevision source, Variables.Resolved variables, Account account,
            @Nullable RenderingKey last) {
        var basis = RenderingKey.Basis.of(target, source, variables, account);
        return last != null && last.basis().equals(basis)
                ? last
                : new RenderingKey(value(basis, request(target, variables)), basis);
    }

    private String value(RenderingKey.Basis basis, BuildRequest request) {
        ObjectNode key = JSON.createObjectNode();
        key.set("spec", request.rendering());
        key.put("path", String.valueOf(basis.spec().path()));
        key.put("worker", workerVersion);
        key.put("source", basis.sourceUid());
        key.put("ignore", basis.ignore());
        key.put("account", basis.account().toString());
        basis.origins()
                .forEach(origin -> key.withArray("variables")
                        .add(String.join(" ", origin.kind(), origin.name(),
                                String.valueOf(origin.uid()), String.valueOf(origin.resourceVersion()))));
        return fingerprint.of(key);
    }

    Result render(Target target, Variables.Resolved variables, SourceTree tree) {
        try {
            return switch (builder.build(request(target, variables), tree, claim(target))) {
                case BuildResult.Built built -> complete(target, built, masker(variables));
                case BuildResult.BuildFailed failed -> new Unrendered(
                        new Outcome.Failed(failed.reason().conditionReason(), masker(variables).mask(failed.message())),
                        failed.inputs(), false);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + target.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while building " + target.name(), e);
        }
    }

    private BuildClaim claim(Target target) {
        return new BuildClaim(teamOfNamespace.apply(target.name().namespace()), target.spec().effectiveTimeout());
    }

    private BuildRequest request(Target target, Variables.Resolved variables) {
        return BuildRequest.of(JSON.valueToTree(target.spec()), variables.values(), variables.secrets());
    }

    private static Masker masker(Variables.Resolved variables) {
        return new Masker(variables.secretValues());
    }

    private Result complete(Target target, BuildResult.Built built, Masker masker) {
        var objects = new ArrayList<Manifest>();
        var problems = new ArrayList<String>();
        var scopes = new HashMap<Kind, Cluster.Scope>();
        for (Manifest object : built.objects()) {
            if (object.kind().equals("Secret") && object.at("sops").isObject()) {
                problems.add(object.ref()
                        + " is encrypted with SOPS, and spec.decryption is not supported: seal it, or leave it out");
                continue;
            }
            Cluster.Scope scope = scopes.computeIfAbsent(Kind.of(object), any -> cluster.scopeOf(object));
            if (scope == Cluster.Scope.UNREADABLE) {
                return unreadable(object);
            }
            if (scope == Cluster.Scope.NAMESPACE && object.namespace().isEmpty()) {
                problems.add(object.ref() + " has no namespace: set metadata.namespace or spec.targetNamespace");
                continue;
            }
            Manifest placed = scope == Cluster.Scope.CLUSTER ? object.withNamespace("") : object;
            objects.add(placed.withLabels(OwnerLabels.of(target.name())));
        }
        if (!problems.isEmpty()) {
            String message = masker.mask(String.join("\n", problems));
            return new Unrendered(new Outcome.Failed(Reason.BUILD_FAILED, message), built.inputs(), false);
        }
        String digest = fingerprint.of(objects.stream().map(fingerprint::of).collect(Collectors.joining(" ")));
        return new Rendered(objects, "hmac-sha256:" + digest, built.inputs());
    }

    /** An object that is taken for what it is not would be applied under one name and pruned under another. */
    private static Unrendered unreadable(Manifest object) {
        return new Unrendered(new Outcome.Failed(Reason.RECONCILIATION_FAILED,
                "the API server cannot tell how it serves %s of %s".formatted(object.kind(), object.apiVersion())),
                RecordedInputs.unknown(), true);
    }
}
