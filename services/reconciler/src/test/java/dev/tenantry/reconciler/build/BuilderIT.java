package dev.tenantry.reconciler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.reconciler.build.BuildResult.BuildFailed;
import dev.tenantry.reconciler.build.BuildResult.Built;
import dev.tenantry.reconciler.build.BuildResult.Reason;
import dev.tenantry.reconciler.build.Printout.Printed;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerPool;

class BuilderIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: config
            data:
              domain: ${domain}
            """;
    private static final String ALL = "{\"path\": \"./apps\", \"targetNamespace\": \"team-a\", \"postBuild\": {}}";

    private WorkerPool pool;
    private Builder builder;

    @BeforeEach
    void aBuilder() throws Exception {
        pool = new WorkerPool(Workers.kustomize(), 2, 512L << 20);
        builder = new Builder(pool, BuildLimits.standard());
    }

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void objectsComeWithWhatTheyDependOn() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG, "other/unrelated.yaml", CONFIG);

        BuildResult result = builder.build(request(ALL, Map.of("domain", "example.org")), tree);

        assertThat(result).isInstanceOfSatisfying(Built.class, built -> {
            Manifest object = built.objects().get(0);
            assertThat(object.ref().toString()).isEqualTo("ConfigMap/team-a/config");
            assertThat(object.at("data", "domain").asText()).isEqualTo("example.org");
            assertThat(built.inputs().lines()).extracting(line -> line.replaceAll("[0-9a-f]{7,}", "<id>"))
                    .containsExactlyInAnyOrder(
                            "type absent apps/kustomization.yaml",
                            "type absent apps/kustomization.yml",
                            "type absent apps/Kustomization",
                            "listing <id> apps",
                            "content <id> 100644 apps/config.yaml");
        });
        assertThat(result.inputs().sameIn(tree.with("other/unrelated.yaml", "changed"))).isTrue();
        assertThat(result.inputs().sameIn(tree.with("apps/new.yaml", CONFIG))).isFalse();
        assertThat(result.inputs().sameIn(tree.with("apps/kustomization.yaml", "resources: []"))).isFalse();
    }

    @Test
    void whatIsWrongIsAValueWithItsInputs() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/kustomization.yaml", "resources: [missing.yaml]");

        BuildResult result = builder.build(request(ALL, Map.of()), tree);

        assertThat(result).isInstanceOfSatisfying(BuildFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.BUILD_FAILED);
            assertThat(failed.message()).startsWith("kustomize build failed: accumulating resources")
                    .contains("apps/missing.yaml: no such file or directory");
        });
        assertThat(result.inputs().sameIn(tree)).isTrue();
        assertThat(result.inputs().sameIn(tree.with("apps/missing.yaml", CONFIG))).isFalse();
    }

    @Test
    void aPathThatIsNotThereHasAReasonOfItsOwn() throws Exception {
        BuildResult result = builder.build(request("{\"path\": \"./gone\"}", Map.of()), MemoryTree.of("apps/a", ""));

        assertThat(result).isInstanceOfSatisfying(BuildFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.ARTIFACT_FAILED);
            assertThat(failed.message())
                    .isEqualTo("kustomization path not found: stat gone: no such file or directory");
        });
    }

    @Test
    void aVariableWithoutValueFailsOrWarns() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);
        BuildRequest request = request(ALL, Map.of("other", "value"));

        BuildResult strict = builder.build(request, tree);
        Printout lenient = builder.print(request.with(BuildRequest.Unset.EMPTY), tree);

        assertThat(strict).isInstanceOfSatisfying(
                BuildFailed.class,
                failed -> assertThat(failed.message()).contains("variable not set (strict mode): \"domain\""));
        assertThat(lenient).isInstanceOfSatisfying(Printed.class, printed -> {
            assertThat(printed.yaml()).contains("domain: null");
            assertThat(printed.warnings()).containsExactly("variable domain has no value and no default");
        });
    }

    @Test
    void noSpecGivesABuildMoreTimeThanTheInstallationDoes() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);
        var strict = new Builder(pool, BuildLimits.standard().within(Duration.ofMillis(100)));

        BuildResult late = strict.build(request(ALL, Map.of()), slow(tree), new BuildClaim("a", Duration.ofHours(1)));

        assertThat(late).isInstanceOfSatisfying(BuildFailed.class,
                failed -> assertThat(failed.message()).contains("took more than 0.1 s, the longest")
                        .doesNotContain("spec.timeout"));
    }

    @Test
    void oneTeamsSlowBuildsLeaveAWorkerToTheOthers() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);
        var slow = new BuildClaim("a", Duration.ofMillis(500));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BuildResult>> late = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> builder.build(request(ALL, Map.of()), slow(tree), slow)))
                    .toList();

            BuildResult quick = builder.build(request(ALL, Map.of("domain", "example.org")), tree,
                    new BuildClaim("b", Duration.ofSeconds(30)));

            assertThat(quick).isInstanceOf(Built.class);
            assertThat(late).as("still waiting for their turn").anyMatch(future -> !future.isDone());
        }
    }

    @Test
    void aBuildThatTakesTooLongIsKilledAndTheNextOneRuns() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);

        BuildResult late = builder.build(request(ALL, Map.of()), slow(tree),
                new BuildClaim("a", Duration.ofMillis(100)));
        BuildResult next = builder.build(request(ALL, Map.of("domain", "example.org")), tree);

        assertThat(late).isInstanceOfSatisfying(BuildFailed.class, failed -> {
            assertThat(failed.message()).contains("took more than 0.1 s", "spec.timeout");
            assertThat(failed.inputs().isKnown()).isFalse();
        });
        assertThat(next).isInstanceOf(Built.class);
    }

    @Test
    void aWorkerThatDiesFailsItsBuildAndTheNextOneRuns() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);

        BuildResult dead = builder.build(request(ALL, Map.of()), killing(tree));
        BuildResult next = builder.build(request(ALL, Map.of("domain", "example.org")), tree);

        assertThat(dead).isInstanceOfSatisfying(
                BuildFailed.class,
                failed -> assertThat(failed.message()).contains("kustomize crashed (exit status 137)"));
        assertThat(next).isInstanceOf(Built.class);
    }

    @Test
    void aBuildThatNeedsTooMuchMemoryFails() throws Exception {
        try (WorkerPool small = new WorkerPool(Workers.kustomize(), 1, 64L << 20)) {
            MemoryTree tree = MemoryTree.of(
                    "apps/kustomization.yaml",
                    "configMapGenerator: [{name: big, files: [data]}]",
                    "apps/data",
                    "a line of text\n".repeat(1_000_000));

            BuildResult result = new Builder(small, BuildLimits.standard()).build(request(ALL, Map.of()), tree);

            assertThat(result).isInstanceOfSatisfying(
                    BuildFailed.class,
                    failed -> assertThat(failed.message()).contains("needed more than 64 MiB of memory"));
        }
    }

    @Test
    void aSchemaOfOneBuildIsNotSeenByTheNext() throws Exception {
        MemoryTree tree = MemoryTree.of(
                "apps/kustomization.yaml",
                "resources: [config.yaml]\nopenapi: {path: schema.json}",
                "apps/schema.json",
                "{\"definitions\": {}}",
                "apps/config.yaml",
                CONFIG);
        pool.version();
        Set<Long> before = pids();

        BuildResult result = builder.build(request(ALL, Map.of("domain", "example.org")), tree);
        builder.build(request(ALL, Map.of("domain", "example.org")),
                tree.with("apps/kustomization.yaml", "resources: []"));

        assertThat(result).isInstanceOf(Built.class);
        assertThat(pids()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void anUnreadableSourceIsNoFaultOfTheRequest() {
        SourceTree broken = new DelegatingTree(MemoryTree.of("apps/config.yaml", CONFIG)) {

            @Override
            public long size(String path) throws IOException {
                throw new IOException("object store is gone");
            }
        };

        assertThatThrownBy(() -> builder.build(request(ALL, Map.of()), broken)).hasMessage("object store is gone");
    }

    @Test
    void aMissingWorkerIsNoFaultOfTheRequest() {
        try (WorkerPool none = new WorkerPool(Path.of("no-such-program"), 1, 1L << 30)) {
            assertThatThrownBy(
                    () -> new Builder(none, BuildLimits.standard()).build(request(ALL, Map.of()), MemoryTree.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no-such-program");
        }
    }

    @Test
    void buildsRunSideBySide() throws Exception {
        MemoryTree tree = MemoryTree.of("apps/config.yaml", CONFIG);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<BuildResult>> results = threads.invokeAll(
                    IntStream.range(0, 40)
                            .<Callable<BuildResult>>mapToObj(
                                    i -> () -> builder.build(request(ALL, Map.of("domain", "d" + i)), tree))
                            .toList());
            for (int i = 0; i < results.size(); i++) {
                Built built = (Built) results.get(i).get();
                assertThat(built.objects().get(0).at("data", "domain").asText()).isEqualTo("d" + i);
            }
        }
        assertThat(pids()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theVersionNamesTheEngines() throws Exception {
        assertThat(builder.version()).contains("kustomize-worker/", "kustomize/api@v0.21.1", "envsubst@");
    }

    private static BuildRequest request(String spec, Map<String, String> variables) throws IOException {
        return BuildRequest.of(JSON.readTree(spec), variables, Set.of());
    }

    private static Set<Long> pids() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static SourceTree slow(SourceTree tree) {
        return new DelegatingTree(tree) {

            @Override
            public byte[] read(String path) throws IOException {
                try {
                    Thread.sleep(Duration.ofMillis(500));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.read(path);
            }
        };
    }

    private static SourceTree killing(SourceTree tree) {
        return new DelegatingTree(tree) {

            @Override
            public byte[] read(String path) throws IOException {
                ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
                return super.read(path);
            }
        };
    }
}
