package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.batch.BatchRun;
import dev.tenantry.cli.batch.BatchRun.Tally;
import dev.tenantry.cli.terminal.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Open SealedSecrets with keys at hand, without a cluster. */
@Command(name = "unseal", description = "Make Secrets of SealedSecrets, without a cluster.", customSynopsis = {
        "tenantry unseal --keys DIR [--format yaml|json] [FILE]",
        "   or: tenantry unseal --keys DIR --batch FILE --out DIR"}, footer = {
                "",
                "FILE holds SealedSecrets in YAML or JSON; without it, or where it is -, they are",
                "read from stdin. DIR holds NAME.crt and NAME.key, or backups of the Secrets of",
                "keys in YAML or JSON.",
                "Each line of a batch is a JSON object with id and file. Its Secret goes to",
                "DIR/<id>.yaml, or what is wrong to DIR/<id>.err. Exit status 0 says that every",
                "line was tried, and the last line how they ended: unseal: N opened, M failed."})
public final class UnsealCommand implements Callable<Integer> {

    private static final int OK = 0;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--keys", paramLabel = "DIR", required = true, description = "The folder of the keys.")
    private @Nullable Path keys;

    @Option(names = "--format", paramLabel = "yaml|json", description = "What to print: yaml (the default) or json.")
    private @Nullable Format format;

    @Option(names = "--batch", paramLabel = "FILE", description = "What to open, as lines of JSON.")
    private @Nullable Path batch;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder to write a batch to, readable to you alone.")
    private @Nullable Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What to open.")
    private @Nullable String file;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return unseal();
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    private int unseal() throws IOException, InterruptedException {
        Path folder = Objects.requireNonNull(keys, "picocli demands it");
        if (batch != null && out != null && file == null && format == null) {
            many(folder, batch, out);
        } else if (batch == null && out == null) {
            one(folder);
        } else {
            throw new ParameterException(commandLine(), "Give either FILE, or --batch and --out.");
        }
        return OK;
    }

    private void one(Path folder) throws IOException {
        try (Opening opening = Opening.with(KeyFolder.read(folder), 1)) {
            ObjectFile sealed = ObjectFile.read(Objects.requireNonNullElse(file, "-"), System.in);
            commandLine().getOut().print(Objects.requireNonNullElse(format, Format.YAML).write(opening.open(sealed)));
            commandLine().getOut().flush();
        }
    }

    private void many(Path folder, Path batch, Path out) throws IOException, InterruptedException {
        List<UnsealLine> lines = UnsealLine.read(batch);
        int parallel = Runtime.getRuntime().availableProcessors();
        try (Opening opening = Opening.with(KeyFolder.read(folder), parallel)) {
            Tally tally = BatchRun.privatelyInto(out).run(lines, parallel, line -> result(opening, line));
            commandLine().getOut().println("unseal: " + tally.done() + " opened, " + tally.failed() + " failed");
            commandLine().getOut().flush();
        }
    }

    private static BatchRun.Result result(Opening opening, UnsealLine line) {
        try {
            return new BatchRun.Done(Format.YAML.write(opening.open(ObjectFile.read(line.file()))));
        } catch (IOException e) {
            return new BatchRun.Failed(CommandFailure.text(e));
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
