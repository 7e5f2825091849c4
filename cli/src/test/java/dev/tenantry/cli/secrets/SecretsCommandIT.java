package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tenantry.cli.secrets.Terminal.Result;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;

class SecretsCommandIT {

    private static final String CANARY = "canary-value-that-nobody-may-see";
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: database
              namespace: team-a
              uid: 3f1c
              resourceVersion: "7"
              creationTimestamp: "2026-01-01T00:00:00Z"
              labels:
                app: web
            type: Opaque
            stringData:
              password: %s
            """.formatted(CANARY);

    @TempDir
    private static Path keys;
    private static KeyPair pair;
    private static Path certificate;

    @TempDir
    private Path temp;

    @BeforeAll
    static void aKeyAndTheWorkers() throws Exception {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
        pair = TestKeyFiles.pair();
        certificate = TestKeyFiles.write(pair, keys, "current");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSealedIsOpenedInEachScope(Scope scope) throws IOException {
        Result sealed = seal(SECRET, "--scope", scope);
        Result opened = unseal(sealed.out());

        assertThat(sealed.err()).isEmpty();
        assertThat(sealed.out()).doesNotContain(CANARY, "uid:", "resourceVersion:", "creationTimestamp:");
        assertThat(opened.err()).isEmpty();
        Manifest secret = only(opened.out());
        assertThat(secret.at("data", "password").asText()).isEqualTo("Y2FuYXJ5LXZhbHVlLXRoYXQtbm9ib2R5LW1heS1zZWU=");
        assertThat(secret.labels()).containsEntry("app", "web");
    }

    @Test
    void theScopeIsThatOfTheAnnotationsAndSeveralSecretsAreSealed() throws IOException {
        String wide = SECRET.replace("  labels:",
                "  annotations:\n    sealedsecrets.bitnami.com/cluster-wide: \"true\"\n  labels:");

        Result sealed = seal(wide + "---\n" + SECRET, "--format", "json");

        assertThat(ObjectFile.parse("out", sealed.out()).objects()).extracting(Manifest::annotations)
                .allSatisfy(annotations -> assertThat(annotations).containsEntry("tenantry.dev/sealed-with",
                        pair.fingerprint().text()))
                .extracting(annotations -> annotations.get("sealedsecrets.bitnami.com/cluster-wide"))
                .containsExactly("true", null);
    }

    @Test
    void aRawValueTakesItsPlaceInAFile() throws IOException {
        Path value = write("value", CANARY);
        Result raw = Terminal.run(new SealCommand(), "--cert", certificate, "--raw", "--namespace", "team-a", "--name",
                "database", "--from-file", "password=" + value);
        String sealed = """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: database, namespace: team-a}
                spec:
                  encryptedData:
                    password: %s
                """.formatted(raw.out());

        assertThat(raw.out()).hasLineCount(1);
        assertThat(only(unseal(sealed).out()).at("data", "password").asText()).startsWith("Y2FuYXJ5");
    }

    @Test
    void mergingKeepsTheRestOfTheFileAndItsPermissions() throws IOException {
        Path file = write("sealed.yaml", seal(SECRET, "--scope", "namespace-wide").out());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String before = only(Files.readString(file)).at("spec", "encryptedData", "password").asText();
        String more = SECRET.replace("password: " + CANARY, "user: admin").replace("name: database", "name: other");

        Result merged = Terminal.run(more, new SealCommand(), "--cert", certificate, "--merge-into", file);

        assertThat(merged).isEqualTo(new Result(0, "", ""));
        Manifest after = only(Files.readString(file));
        assertThat(after.name()).isEqualTo("database");
        assertThat(after.at("spec", "encryptedData", "password").asText()).isEqualTo(before);
        assertThat(only(unseal(Files.readString(file)).out()).at("data", "user").asText()).isEqualTo("YWRtaW4=");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void mergingAnotherScopeIsRefusedAndTheFileStays() throws IOException {
        Path file = write("sealed.yaml", seal(SECRET, "--scope", "namespace-wide").out());
        String before = Files.readString(file);

        Result merged = Terminal.run(SECRET, new SealCommand(), "--cert", certificate, "--merge-into", file, "--scope",
                "strict");

        assertThat(merged.status()).isEqualTo(1);
        assertThat(merged.err()).contains("is sealed in scope namespace-wide, and strict is asked for").hasLineCount(1);
        assertThat(file).content().isEqualTo(before);
    }

    @Test
    void anExpiredCertificateSealsNothing() throws IOException {
        Path expired = TestKeyFiles.write(TestKeyFiles.expired(), temp, "expired");

        Result result = Terminal.run(SECRET, new SealCommand(), "--cert", expired);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("the certificate has expired at 2020-12-31").hasLineCount(1);
    }

    @Test
    void aSecretWithoutDataIsSealedOnlyWhenItIsMeant() {
        String empty = SECRET.substring(0, SECRET.indexOf("stringData"));

        assertThat(seal(empty).err()).contains("Secret database has no data", "--allow-empty-data");
        assertThat(seal(empty, "--allow-empty-data").status()).isZero();
    }

    @Test
    void whatIsWrongIsToldInALineWithoutAValue() {
        Result noNamespace = seal(SECRET.replace("  namespace: team-a\n", ""));
        Result noBase64 = seal(SECRET.replace("stringData", "data"));
        Result noYaml = seal(SECRET + "  - " + CANARY);
        Result noSecret = seal(seal(SECRET).out());

        assertThat(List.of(noNamespace, noBase64, noYaml, noSecret)).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith("tenantry: stdin").hasLineCount(1).doesNotContain(CANARY);
        });
        assertThat(noNamespace.err()).contains("add metadata.namespace");
        assertThat(noBase64.err()).contains("data.password is not base64");
    }

    @Test
    void aCheckPassesWhatIsSoundAndTellsTheRest() throws IOException {
        Path sound = write("sound.yaml", seal(SECRET).out());
        Path moved = write("moved.yaml", seal(SECRET).out().replaceFirst("namespace: team-a", "namespace: team-b"));

        Result good = Terminal.run(new SealCommand(), "--check", "--cert", certificate, sound);
        Result bad = Terminal.run(new SealCommand(), "--check", sound, moved, temp.resolve("missing.yaml"));

        assertThat(good.status()).isZero();
        assertThat(good.out()).contains("note: metadata.annotations.tenantry.dev/sealed-with: sealed with known key "
                + pair.fingerprint()).endsWith("seal: 1 checked, 0 with errors\n");
        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.out()).contains(moved + ": team-b/database: error: metadata.namespace: is team-b",
                "missing.yaml is not there").endsWith("seal: 2 checked, 2 with errors\n");
    }

    @Test
    void aKeyWithoutItsCertificateOpens() throws IOException {
        Path lone = Files.createDirectories(temp.resolve("lone"));
        Files.writeString(lone.resolve("a.key"), Pem.write(pair.privateKey()));

        assertThat(unseal(seal(SECRET).out(), "--keys", lone).status()).isZero();
    }

    @Test
    void aBackupOfTheKeysSecretsOpens() throws IOException {
        Path backups = Files.createDirectories(temp.resolve("backups"));
        Files.writeString(backups.resolve("keys.yaml"), """
                apiVersion: v1
                kind: List
                items:
                - %s
                """.formatted(KeySecretSamples.of("key", pair).toJson()));

        assertThat(unseal(seal(SECRET).out(), "--keys", backups).status()).isZero();
    }

    @Test
    void templatesAreRendered() throws IOException {
        Manifest sealed = only(seal(SECRET).out()).with(json -> {
            json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .putObject("data")
                    .put("url", "db://{{ .password | upper }}");
            return json;
        });

        Manifest secret = only(unseal(sealed.toJson()).out());

        assertThat(secret.at("data", "url").asText()).isEqualTo("ZGI6Ly9DQU5BUlktVkFMVUUtVEhBVC1OT0JPRFktTUFZLVNFRQ==");
    }

    @Test
    void whatDoesNotOpenIsToldInALine() {
        Result renamed = unseal(seal(SECRET).out().replaceFirst("name: database", "name: other"));
        Result plain = unseal(SECRET);
        Result keyless = unseal(seal(SECRET).out(), "--keys", temp);

        assertThat(List.of(renamed, plain, keyless)).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).hasLineCount(1).startsWith("tenantry: ").doesNotContain(CANARY);
        });
        assertThat(renamed.err()).contains("sealed for team-a/database");
        assertThat(plain.err()).contains("This is a v1 Secret, not a bitnami.com/v1alpha1 SealedSecret");
        assertThat(keyless.err()).contains("holds no key");
    }

    @Test
    void aBatchWritesAFileForEachLineThatNobodyElseMayRead() throws IOException {
        Path good = write("good.yaml", seal(SECRET).out());
        Path bad = write("bad.yaml", seal(SECRET).out().replaceFirst("name: database", "name: other"));
        Path batch = write("batch.jsonl", line("team/good", good) + line("team/bad", bad)
                + line("lost", temp.resolve("missing.yaml")));
        Path out = temp.resolve("out");

        Result result = Terminal.run(new UnsealCommand(), "--keys", keys, "--batch", batch, "--out", out);

        assertThat(result).isEqualTo(new Result(0, "unseal: 1 opened, 2 failed\n", ""));
        assertThat(only(Files.readString(out.resolve("team/good.yaml"))).name()).isEqualTo("database");
        assertThat(out.resolve("team/bad.err")).content().contains("sealed for team-a/database");
        assertThat(out.resolve("lost.err")).content().contains("missing.yaml is not there");
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void theFormsDoNotMix() {
        assertThat(Terminal.run(new SealCommand()).status()).isEqualTo(2);
        assertThat(Terminal.run(new SealCommand(), "--cert", "a", "--cert", "b").status()).isEqualTo(2);
        assertThat(Terminal.run(new SealCommand(), "--cert", "a", "--raw").status()).isEqualTo(2);
        assertThat(Terminal.run(new SealCommand(), "--cert", certificate, "--scope", "global").status()).isEqualTo(2);
        assertThat(Terminal.run(new SealCommand(), "--check").status()).isEqualTo(2);
        assertThat(Terminal.run(new UnsealCommand(), "--keys", "a", "--batch", "b").status()).isEqualTo(2);
        assertThat(Terminal.run(new UnsealCommand()).status()).isEqualTo(2);
        assertThat(Terminal.run(new KeysCommand()).status()).isEqualTo(2);
    }

    private Result seal(String secret, Object... options) {
        return Terminal.run(secret, new SealCommand(),
                Stream.concat(Stream.of("--cert", certificate), Stream.of(options)).toArray());
    }

    private Result unseal(String sealed) {
        return unseal(sealed, "--keys", keys);
    }

    private Result unseal(String sealed, Object... options) {
        return Terminal.run(sealed, new UnsealCommand(), options);
    }

    private static Manifest only(String text) throws IOException {
        List<Manifest> objects = ObjectFile.parse("out", text).objects();
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    private static String line(String id, Path file) {
        return "{\"id\": \"%s\", \"file\": \"%s\"}\n".formatted(id, file);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }
}
