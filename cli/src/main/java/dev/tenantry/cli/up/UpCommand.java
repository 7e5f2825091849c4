package dev.tenantry.cli.up;

import static dev.tenantry.cli.terminal.CommandLines.println;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code up}. */
@Command(name = "up", description = {
        "Run Tenantry until Ctrl-C, beside a local cluster or beside the one of --kubeconfig.",
        "Prints one line when all is ready: ready: http=URL kubeconfig=FILE",
        "A later start on the same data folder goes on where this one stopped.",
})
public final class UpCommand implements Callable<Integer> {

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "the cluster; without it, a local one is started")
    private @Nullable Path kubeconfig;

    @Option(names = "--data", paramLabel = "DIR", description = "where all state is kept; by default $${XDG_DATA_HOME:-~/.local/share}/tenantry")
    private @Nullable Path data;

    @Option(names = "--http", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8080", converter = HttpAddressConverter.class, description = "where the services answer; port 0 finds a free one (default: ${DEFAULT-VALUE})")
    private HttpAddress http;

    @Option(names = "--apply", paramLabel = "FILE|DIR", arity = "1..*", description = "apply these manifests once all is ready")
    private List<Path> apply = List.of();

    @Option(names = "--services", description = "run each service as its own process, against one broker and one Postgres")
    private boolean services;

    @Option(names = "--take-over", description = "go on even if Flux's controllers run in the cluster")
    private boolean takeOver;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "print this")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        StateFolder folder = data == null
                ? StateFolder.byDefault(System.getenv(), Path.of(System.getProperty("user.home")))
                : new StateFolder(data.toAbsolutePath().normalize());
        Up.Options options = new Up.Options(kubeconfig, folder, http, apply, services, takeOver);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        new Up(options, line -> println(out, line), line -> println(err, "tenantry: " + line)).run();
        return 0;
    }

    /** Reads {@code HOST:PORT}. */
    static final class HttpAddressConverter implements ITypeConverter<HttpAddress> {
        @Override
        public HttpAddress convert(String text) {
            try {
                return HttpAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
