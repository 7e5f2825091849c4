package dev.tenantry.e2e.deploy;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.build.BuildLimits;
import dev.tenantry.reconciler.build.BuildRequest;
import dev.tenantry.reconciler.build.BuildResult;
import dev.tenantry.reconciler.build.Builder;
import dev.tenantry.reconciler.build.FolderTree;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerPool;

/** A folder of {@code deploy/} as Tenantry's own build renders it. */
record Overlay(List<Manifest> objects) {

    private static final long WORKER_MEMORY = 512L << 20;

    /** Render a folder of {@code deploy/}. */
    static Overlay of(String path) throws IOException, InterruptedException {
        return render(deploy(), path, JsonNodeFactory.instance.objectNode());
    }

    /** Render a folder of {@code deploy/} for a namespace, as a kustomization with {@code namespace:} does. */
    static Overlay of(String path, String namespace) throws IOException, InterruptedException {
        return render(deploy(), path, JsonNodeFactory.instance.objectNode().put("targetNamespace", namespace));
    }

    /** Render a folder below another one than {@code deploy/}. */
    static Overlay in(Path root, String path) throws IOException, InterruptedException {
        return render(root, path, JsonNodeFactory.instance.objectNode());
    }

    /**
     * Render a folder of {@code deploy/} with components, as docs/operations.md has it.
     *
     * @param scratch an empty folder
     */
    static Overlay withComponents(Path scratch, String path, String... components)
            throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(deploy())) {
            for (Path file : files.toList()) {
                Path copy = scratch.resolve("deploy").resolve(deploy().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(Files.createDirectory(scratch.resolve("mine")).resolve("kustomization.yaml"), """
                resources:
                  - ../deploy/%s
                components:
                %s""".formatted(path,
                Arrays.stream(components).map("  - ../deploy/%s\n"::formatted).collect(joining())));
        return in(scratch, "mine");
    }

    /** Give the folder {@code deploy/} of the checkout. */
    static Path deploy() {
        return LocalClusterPrograms.home().resolve("deploy");
    }

    private static Overlay render(Path root, String path, ObjectNode rendering)
            throws IOException, InterruptedException {
        try (WorkerPool pool = new WorkerPool(Workers.kustomize(), 1, WORKER_MEMORY)) {
            BuildRequest request = new BuildRequest(path, rendering, Map.of(), Set.of(), BuildRequest.Unset.FAILS);
            return switch (new Builder(pool, BuildLimits.standard()).build(request, new FolderTree(root))) {
                case BuildResult.Built built -> new Overlay(built.objects());
                case BuildResult.BuildFailed failed -> throw new AssertionError(failed.message());
            };
        }
    }

    /** Apply all on the server's side, as {@code kubectl apply --server-side -k} does. */
    void apply(ObjectApi api) {
        Discovery discovery = new Discovery(api);
        for (Manifest object : objects) {
            ResourceType type = discovery.find(object)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow(() -> new AssertionError("the API server does not serve " + object.ref()));
            api.apply(type, object, ApplyOptions.as("kubectl").forced()).toCompletableFuture().join();
        }
    }

    /** Give the objects of some kinds. */
    Stream<Manifest> ofKind(String... kinds) {
        return objects.stream().filter(object -> List.of(kinds).contains(object.kind()));
    }

    /** Give the workloads. */
    Stream<Manifest> workloads() {
        return ofKind("Deployment", "StatefulSet");
    }
}
