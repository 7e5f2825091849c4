package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tenantry.cli.secrets.Terminal.Result;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;

/**
 * What kubeseal sealed opens to what kubeseal opens it to.
 *
 * <p>The cases are no part of the project. {@code TENANTRY_CONFORMANCE} names the folder that holds them; without it
 * the test is skipped, with what to do.
 */
class ConformanceIT {

    private static final String FOLDER = "TENANTRY_CONFORMANCE";

    @TempDir
    private Path temp;

    @BeforeAll
    static void workers() throws Exception {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
    }

    @Test
    void sealedSecretsOpenToWhatKubesealOpensThemTo() throws IOException {
        Optional<Path> named = Optional.ofNullable(System.getenv(FOLDER)).map(Path::of);
        assumeThat(named).as("unpack the conformance cases and set %s to the folder with sealed-secrets", FOLDER)
                .isPresent();
        Path folder = named.get().resolve("sealed-secrets");
        List<Path> cases = cases(folder.resolve("cases"));
        Path batch = Files.write(temp.resolve("batch.jsonl"), cases.stream().map(ConformanceIT::line).toList());
        Path out = temp.resolve("out");

        Result result = Terminal.run(new UnsealCommand(), "--keys", folder.resolve("keys"), "--batch", batch, "--out",
                out);

        assertThat(result.err()).isEmpty();
        List<String> differences = new ArrayList<>();
        for (Path one : cases) {
            difference(one, out).ifPresent(text -> differences.add(one.getFileName() + ": " + text));
        }
        assertThat(cases).isNotEmpty();
        assertThat(differences).isEmpty();
    }

    private static List<Path> cases(Path folder) throws IOException {
        try (Stream<Path> cases = Files.list(folder)) {
            return cases.filter(one -> Files.exists(one.resolve("sealed.yaml"))).sorted().toList();
        }
    }

    private static String line(Path one) {
        return "{\"id\": \"%s\", \"file\": \"%s\"}".formatted(one.getFileName(),
                one.resolve("sealed.yaml").toAbsolutePath());
    }

    /** The whole object counts, as kubeseal prints it; a case without one must fail. */
    private static Optional<String> difference(Path one, Path out) throws IOException {
        Path expected = one.resolve("unsealed.json");
        Path error = out.resolve(one.getFileName() + ".err");
        if (!Files.exists(expected)) {
            return Files.exists(error) ? Optional.empty() : Optional.of("must fail");
        }
        if (Files.exists(error)) {
            return Optional.of("failed: " + Files.readString(error).strip());
        }
        return ObjectFile.read(out.resolve(one.getFileName() + ".yaml"))
                .objects()
                .equals(ObjectFile.read(expected).objects()) ? Optional.empty() : Optional.of("is another object");
    }
}
