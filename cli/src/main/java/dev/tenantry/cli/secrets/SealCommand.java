package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.scope.Scope;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Make SealedSecrets of Secrets, or check them, without a cluster. */
@Command(name = "seal", description = "Make SealedSecrets of Secrets, without a cluster.", customSynopsis = {
        "tenantry seal --cert FILE|URL [--scope S] [--format yaml|json] [--allow-empty-data] [FILE]",
        "   or: tenantry seal --cert FILE|URL --merge-into FILE [FILE]",
        "   or: tenantry seal --cert FILE|URL --raw [--name N] [--namespace NS] [--scope S] --from-file FILE",
        "   or: tenantry seal --check [--cert FILE|URL …] FILE…"}, footer = {
                "",
                "FILE holds Secrets in YAML or JSON; without it, or where it is -, they are read",
                "from stdin. The certificate is what secrets-service offers at /v1/cert.pem.",
                "--check needs no private key: it tells errors that would keep a SealedSecret",
                "from being opened, and with certificates also which key it was sealed with."})
public final class SealCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--cert", paramLabel = "FILE|URL", description = "The certificate to seal with, or that is known.")
    private List<String> certificates = new ArrayList<>();

    @Option(names = "--scope", paramLabel = "S", description = "strict, namespace-wide or cluster-wide; by default what the annotations of the Secret say.")
    private @Nullable String scope;

    @Option(names = "--format", paramLabel = "yaml|json", description = "What to print: yaml (the default) or json.")
    private @Nullable Format format;

    @Option(names = "--allow-empty-data", description = "Seal a Secret without any value too.")
    private boolean emptyAllowed;

    @Option(names = "--merge-into", paramLabel = "FILE", description = "Seal the values for the SealedSecret in a file, and write them into it.")
    private @Nullable Path mergeInto;

    @Option(names = "--raw", description = "Seal one value, and print its base64 alone.")
    private boolean raw;

    @Option(names = "--name", paramLabel = "N", description = "The Secret that a raw value is for.")
    private String name = "";

    @Option(names = "--namespace", paramLabel = "NS", description = "Its namespace.")
    private String namespace = "";

    @Option(names = "--from-file", paramLabel = "FILE", description = "The raw value, also as KEY=FILE; - for stdin.")
    private @Nullable String fromFile;

    @Option(names = "--check", description = "Check SealedSecrets.")
    private boolean check;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Parameters(paramLabel = "FILE", description = "What to seal or to check.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    private int run() throws IOException, InterruptedException {
        if (check) {
            return checked();
        }
        if (certificates.size() != 1) {
            throw misused("Give the certificate to seal with, --cert FILE|URL.");
        }
        if (raw) {
            return rawValue();
        }
        if (fromFile != null || !name.isEmpty() || !namespace.isEmpty()) {
            throw misused("--from-file, --name and --namespace go with --raw.");
        }
        if (files.size() > 1) {
            throw misused("Give one FILE, which may hold many Secrets.");
        }
        Sealing sealing = sealing();
        ObjectFile secrets = ObjectFile.read(files.isEmpty() ? "-" : files.get(0), System.in);
        if (mergeInto != null) {
            sealing.mergeInto(mergeInto, secrets, Optional.ofNullable(format));
        } else {
            print(Objects.requireNonNullElse(format, Format.YAML).write(sealing.seal(secrets)));
        }
        return OK;
    }

    private int rawValue() throws IOException, InterruptedException {
        Scope of = scope().orElse(Scope.STRICT);
        if (fromFile == null || !files.isEmpty() || mergeInto != null) {
            throw misused("Give the value of --raw by --from-file FILE alone.");
        }
        if (of == Scope.STRICT && name.isEmpty() || of != Scope.CLUSTER_WIDE && namespace.isEmpty()) {
            throw misused("Scope " + of + " needs --namespace" + (of == Scope.STRICT ? " and --name." : "."));
        }
        String file = fromFile.substring(fromFile.indexOf('=') + 1);
        // A name is no part of the wider scopes, and cannot be empty.
        NamespacedName secret = new NamespacedName(namespace, name.isEmpty() ? "any" : name);
        print(sealing().raw(value(file), secret) + "\n");
        return OK;
    }

    private static byte[] value(String file) throws IOException {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there: name a file that is", e);
        }
    }

    private int checked() throws IOException, InterruptedException {
        if (raw || mergeInto != null || scope != null || format != null || emptyAllowed || files.isEmpty()) {
            throw misused("--check takes --cert and FILE… alone.");
        }
        List<X509Certificate> known = new ArrayList<>();
        for (String from : certificates) {
            known.add(CertificateSource.read(from));
        }
        boolean good = new Checking(known, out()).run(files, System.in);
        out().flush();
        return good ? OK : FAILED;
    }

    private Sealing sealing() throws IOException, InterruptedException {
        return new Sealing(CertificateSource.readValid(certificates.get(0), Clock.systemUTC().instant()), scope(),
                emptyAllowed);
    }

    private Optional<Scope> scope() {
        if (scope == null) {
            return Optional.empty();
        }
        return Optional.of(Scope.named(scope)
                .orElseThrow(() -> misused("There is no scope '" + scope + "': give one of " + Scope.words() + ".")));
    }

    private void print(String text) {
        out().print(text);
        out().flush();
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private ParameterException misused(String message) {
        return new ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
