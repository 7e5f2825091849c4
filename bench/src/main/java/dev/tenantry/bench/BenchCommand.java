package dev.tenantry.bench;

import static dev.tenantry.cli.terminal.CommandLines.println;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.tenantry.bench.report.JsonReport;
import dev.tenantry.bench.report.Result;
import dev.tenantry.bench.report.Table;
import dev.tenantry.bench.rig.Installation;
import dev.tenantry.bench.rig.Rig;
import dev.tenantry.bench.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench}. */
@Command(name = "tenantry bench", sortOptions = false, description = {
        "Measure controllers of the Flux kinds, Tenantry's or others, through the API server and git only:",
        "how long things take, what processor time and memory they cost, and how many requests.",
        "Prints a table, and last: bench: ok NAME apps=N …",
}, footerHeading = "%nThe benches are:%n")
final class BenchCommand implements Callable<Integer> {

    private static final int MOST_APPS = 100_000;

    @Parameters(paramLabel = "NAME", converter = ScenarioConverter.class, description = "the bench; see below")
    private Scenario scenario;

    @Option(names = "--apps", paramLabel = "N", description = "its size: how many applications, pushes or objects; each bench has its own default")
    private @Nullable Integer apps;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "the cluster, by its current context; without it, a local one is started")
    private @Nullable Path kubeconfig;

    @Option(names = "--pids", paramLabel = "P", split = ",", description = "the processes of the controllers that serve that cluster already; without it, Tenantry is started")
    private @Nullable List<Long> pids;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result there as JSON")
    private @Nullable Path json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "print this")
    private boolean help;

    private CommandSpec spec;

    @Spec
    void spec(CommandSpec commandSpec) {
        spec = commandSpec;
        spec.usageMessage()
                .footer(Arrays.stream(Scenario.values())
                        .map(each -> "  %-9s %s (%d)".formatted(each.word(), each.description(), each.size()))
                        .toArray(String[]::new));
    }

    @Override
    public Integer call() throws Exception {
        int size = apps == null ? scenario.size() : apps;
        check(size);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> println(err, "tenantry: " + line);
        Result result;
        try (Installation installation = installation(progress); Rig rig = Rig.open(installation, progress)) {
            result = installation.during(() -> scenario.run(rig, size));
        }
        Table.lines(result).forEach(line -> println(out, line));
        if (json != null) {
            JsonReport.write(result, json);
        }
        result.check();
        println(out, Table.lastLine(result));
        return 0;
    }

    private Installation installation(Consumer<String> progress) throws IOException, InterruptedException {
        return kubeconfig == null || pids == null
                ? scenario.start(kubeconfig, progress)
                : Installation.of(kubeconfig, new LinkedHashSet<>(pids));
    }

    private void check(int size) {
        if (size < 1 || size > MOST_APPS) {
            throw wrong("--apps takes a number from 1 to %d, not %d".formatted(MOST_APPS, size));
        }
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw wrong("there is no readable kubeconfig " + kubeconfig);
        }
        if (pids != null && !scenario.takesGivenControllers()) {
            throw wrong("%s starts its own processes, and so takes no --pids".formatted(scenario.word()));
        }
        if (pids != null) {
            checkPids(new LinkedHashSet<>(pids));
        }
        // Before the bench, not after it.
        if (json != null && (Files.isDirectory(json) || !Files.isWritable(json.toAbsolutePath().getParent()))) {
            throw wrong("%s can't be written".formatted(json));
        }
    }

    private void checkPids(Set<Long> processes) {
        if (kubeconfig == null) {
            throw wrong("--pids needs --kubeconfig: which cluster do these processes serve?");
        }
        String missing = processes.stream()
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw wrong("there is no process " + missing);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Reads a bench's name. */
    static final class ScenarioConverter implements ITypeConverter<Scenario> {
        @Override
        public Scenario convert(String text) {
            return Scenario.named(text)
                    .orElseThrow(() -> new TypeConversionException("there is no bench '%s', but %s".formatted(text,
                            Arrays.stream(Scenario.values()).map(Scenario::word).collect(Collectors.joining(", ")))));
        }
    }
}
