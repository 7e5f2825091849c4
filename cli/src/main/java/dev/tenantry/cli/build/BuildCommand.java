package dev.tenantry.cli.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.batch.BatchRun.Tally;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.git.FolderRules;
import dev.tenantry.git.IgnoreRules;
import dev.tenantry.reconciler.build.BuildRequest.Unset;
import dev.tenantry.reconciler.build.BuildResult.BuildFailed;
import dev.tenantry.reconciler.build.FolderTree;
import dev.tenantry.reconciler.build.Printout.Printed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Print what would be applied for one Kustomization, or write it to files for many. */
@Command(name = "build", description = "Print what would be applied, as YAML, without a cluster.", customSynopsis = {
        "tenantry build --source DIR --path PATH --kustomization FILE [--var K=V …] [--strict]",
        "   or: tenantry build --batch FILE --out DIR [--strict]"}, footer = {
                "",
                "What postBuild.substituteFrom refers to is in a cluster: give those values by",
                "--var. Variables without value and default become empty, with a warning; in a",
                "cluster they fail the build, as with --strict.",
                "Each line of a batch is a JSON object with id, root, path and ks (the",
                "Kustomization). Its objects go to DIR/<id>.yaml, or what is wrong to",
                "DIR/<id>.err. Exit status 0 says that every line was tried, and the last line",
                "how they ended: build: N rendered, M failed."})
public final class BuildCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--source", paramLabel = "DIR", description = "The folder that stands for the source.")
    private @Nullable Path source;

    @Option(names = "--path", paramLabel = "PATH", description = "The folder to build in it; by default spec.path.")
    private @Nullable String path;

    @Option(names = "--kustomization", paramLabel = "FILE", description = "The Flux Kustomization, in YAML or JSON.")
    private @Nullable Path kustomization;

    @Option(names = "--var", paramLabel = "K=V", description = "A variable to substitute; wins over those of the file.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--strict", description = "Fail on a variable without value and default, as in a cluster.")
    private boolean strict;

    @Option(names = "--batch", paramLabel = "FILE", description = "What to build, as lines of JSON.")
    private @Nullable Path batch;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder to write a batch to.")
    private @Nullable Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return build();
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private int build() throws IOException, InterruptedException {
        if (batch != null && out != null && source == null && path == null && kustomization == null
                && variables.isEmpty()) {
            return many(batch, out);
        }
        if (source != null && kustomization != null && batch == null && out == null) {
            return one(source, kustomization);
        }
        throw new ParameterException(commandLine(), "Give either --source and --kustomization, or --batch and --out.");
    }

    private int one(Path source, Path kustomization) throws IOException, InterruptedException {
        ObjectNode object = KustomizationFile.read(kustomization);
        KustomizationFile.substitute(object, variables);
        try (Renderer renderer = Renderer.start(1, unset())) {
            return switch (renderer.render(tree(source), Optional.ofNullable(path), object)) {
                case Printed(String yaml, List<String> warnings) -> {
                    warnings.forEach(warning -> commandLine().getErr().println("build: warning: " + warning));
                    commandLine().getOut().print(yaml);
                    commandLine().getOut().flush();
                    yield OK;
                }
                case BuildFailed failed -> {
                    commandLine().getErr().println("build: " + failed.message());
                    yield FAILED;
                }
            };
        }
    }

    /** Show a working tree as the source that its commit would be. */
    private static FolderTree tree(Path source) throws IOException {
        return new FolderTree(source, new FolderRules(source, IgnoreRules.notGiven())::leavesOut);
    }

    private int many(Path batch, Path out) throws IOException, InterruptedException {
        List<BatchLine> lines = BatchLine.read(batch);
        int parallel = Runtime.getRuntime().availableProcessors();
        try (Renderer renderer = Renderer.start(parallel, unset())) {
            Tally tally = new Batch(renderer, out).run(lines, parallel);
            commandLine().getOut().println("build: " + tally.done() + " rendered, " + tally.failed() + " failed");
        }
        return OK;
    }

    private Unset unset() {
        return strict ? Unset.FAILS : Unset.EMPTY;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
