package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {

    private static final String LONG_NAME = "n".repeat(120);

    @TempDir
    Path folder;

    private SnapshotFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new SnapshotFixture(folder.resolve("store"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tarReadsWhatWasPacked() throws Exception {
        // Given
        String deep = "d".repeat(90) + "/" + "e".repeat(60) + "/file.yaml";
        fixture.repository.file("a/b.yaml", "b: 1\n")
                .file("a.yaml", "x".repeat(512))
                .executable("run.sh", "#!/bin/sh\n")
                .file(deep, "deep\n")
                .file("straße/" + LONG_NAME, "long\n")
                .symlink("link", "a.yaml")
                .file("empty", "");
        Path tarball = folder.resolve("artifact.tar.gz");

        // When
        try (var out = Files.newOutputStream(tarball)) {
            Tarball.write(fixture.snapshot(), out);
        }

        // Then
        assertThat(run("tar", "-tzf", tarball.toString(), "--quoting-style=literal")).containsExactly(".", "a",
                "a/b.yaml",
                "a.yaml", "d".repeat(90), "d".repeat(90) + "/" + "e".repeat(60), deep, "empty", "run.sh", "straße",
                "straße/" + LONG_NAME);
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        run("tar", "-xzf", tarball.toString(), "-C", unpacked.toString());
        assertThat(unpacked.resolve("a/b.yaml")).hasContent("b: 1\n");
        assertThat(unpacked.resolve(deep)).hasContent("deep\n");
        assertThat(unpacked.resolve("straße/" + LONG_NAME)).hasContent("long\n");
        assertThat(unpacked.resolve("a.yaml")).hasContent("x".repeat(512));
        assertThat(unpacked.resolve("run.sh")).isExecutable();
        assertThat(unpacked.resolve("a.yaml").toFile().canExecute()).isFalse();
    }

    @Test
    void modesOwnersAndTimesAreFixed() throws Exception {
        // Given
        fixture.repository.file("a/b.yaml", "b: 1\n").executable("run.sh", "#!/bin/sh\n");
        Path tarball = folder.resolve("artifact.tar.gz");

        // When
        try (var out = Files.newOutputStream(tarball)) {
            Tarball.write(fixture.snapshot(), out);
        }

        // Then
        assertThat(run("tar", "-tvzf", tarball.toString(), "--utc", "--full-time", "--numeric-owner")).containsExactly(
                "drwxr-x--- 0/0               0 1970-01-01 00:00:00 .",
                "drwxr-x--- 0/0               0 1970-01-01 00:00:00 a",
                "-rw------- 0/0               5 1970-01-01 00:00:00 a/b.yaml",
                "-rwx------ 0/0              10 1970-01-01 00:00:00 run.sh");
    }

    @Test
    void theSameTreeGivesTheSameBytesAndTheirDigest() throws Exception {
        // Given
        fixture.repository.file("a/b.yaml", "b: 1\n").randomFile("large", 100_000);
        Snapshot first = fixture.snapshot();
        Snapshot second = fixture.snapshot();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        // When
        Tarball written = Tarball.write(first, bytes);
        Tarball measured = Tarball.measure(second);

        // Then
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        assertThat(first.commit()).isNotEqualTo(second.commit());
        assertThat(written).isEqualTo(measured)
                .isEqualTo(new Tarball("sha256:" + HexFormat.of().formatHex(digest), bytes.size()));
    }

    @Test
    void anArchiveIsMadeOfWholeBlocks() throws Exception {
        // Given
        fixture.repository.file("a", "1");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        // When
        Tarball.write(fixture.snapshot(), bytes);

        // Then
        byte[] tar = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray())).readAllBytes();
        assertThat(tar.length).isEqualTo(512 * (1 + 2 + 2));
    }

    private static List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
