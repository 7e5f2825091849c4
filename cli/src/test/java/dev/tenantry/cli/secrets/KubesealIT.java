package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.cli.secrets.Terminal.Result;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.testkit.kubeseal.Kubeseal;
import dev.tenantry.testkit.workers.Workers;
import dev.tenantry.workers.WorkerBinary;

/** What the original client seals opens here, and what is sealed here opens there. */
class KubesealIT {

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: database
              namespace: team-a
              labels:
                app: web
              annotations:
                team: a
            type: Opaque
            immutable: true
            data:
              binary: AP8B
              empty: ""
            stringData:
              password: canary
            """;

    @TempDir
    private static Path keys;
    private static Path certificate;
    private static Kubeseal kubeseal;

    @TempDir
    private Path temp;

    @BeforeAll
    static void programs() throws Exception {
        System.setProperty(WorkerBinary.FOLDER_PROPERTY, Workers.folder().toString());
        kubeseal = Kubeseal.find();
        certificate = TestKeyFiles.write(TestKeyFiles.pair(), keys, "current");
    }

    @ParameterizedTest
    @EnumSource
    void whatKubesealSealsOpensHereAsThere(Scope scope) throws Exception {
        String sealed = kubeseal.run(SECRET, "--cert", certificate.toString(), "--scope", scope.toString()).orFail();

        assertThat(unseal(sealed)).isEqualTo(recovered(sealed));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSealedHereOpensThereAsHere(Scope scope) throws Exception {
        String sealed = Terminal.run(SECRET, new SealCommand(), "--cert", certificate, "--scope", scope).out();

        Manifest recovered = recovered(sealed);

        assertThat(recovered.at("data", "password").asText()).isEqualTo("Y2FuYXJ5");
        assertThat(recovered.at("data", "binary").asText()).isEqualTo("AP8B");
        assertThat(recovered).isEqualTo(unseal(sealed));
    }

    @Test
    void bothMakeTheSameOfTheSameSecretButForTheNoteOfTheKey() throws Exception {
        Manifest theirs = parse(kubeseal.run(SECRET, "--cert", certificate.toString()).orFail());

        Manifest ours = parse(Terminal.run(SECRET, new SealCommand(), "--cert", certificate).out());

        assertThat(readable(ours)).isEqualTo(readable(theirs));
    }

    @ParameterizedTest
    @EnumSource
    void aRawValueOfKubesealOpensHere(Scope scope) throws Exception {
        Path value = Files.writeString(temp.resolve("value"), "canary");
        String raw = kubeseal.run("", "--cert", certificate.toString(), "--raw", "--scope", scope.toString(), "--name",
                "database", "--namespace", "team-a", "--from-file", value.toString()).orFail();

        Manifest secret = unseal(withValue(raw, scope));

        assertThat(secret.at("data", "password").asText()).isEqualTo("Y2FuYXJ5");
    }

    @Test
    void aRawValueOfOursOpensThere() throws Exception {
        Result raw = Terminal.run("canary", new SealCommand(), "--cert", certificate, "--raw", "--name", "database",
                "--namespace", "team-a", "--from-file", "-");

        assertThat(recovered(withValue(raw.out().strip(), Scope.STRICT)).at("data", "password").asText())
                .isEqualTo("Y2FuYXJ5");
    }

    @Test
    void whatKubesealMergesIntoOurFileOpensHereAndTheOtherWayRound() throws Exception {
        Path file = Files.writeString(temp.resolve("sealed.json"),
                Terminal.run(SECRET, new SealCommand(), "--cert", certificate, "--format", "json").out());

        kubeseal.run(SECRET.replace("password: canary", "theirs: x"), "--cert", certificate.toString(), "--merge-into",
                file.toString()).orFail();
        Result merged = Terminal.run(SECRET.replace("password: canary", "ours: x"), new SealCommand(), "--cert",
                certificate, "--merge-into", file);

        assertThat(merged.err()).isEmpty();
        Manifest opened = unseal(Files.readString(file));
        assertThat(opened.at("data").properties()).extracting(item -> item.getKey())
                .containsExactlyInAnyOrder("binary", "empty", "password", "theirs", "ours");
        assertThat(opened).isEqualTo(recovered(Files.readString(file)));
    }

    @Test
    void aTemplateMakesTheSameHereAsThere() throws Exception {
        Manifest sealed = parse(kubeseal.run(SECRET, "--cert", certificate.toString()).orFail()).with(json -> {
            json.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .putObject("data")
                    .put("url", "db://{{ .password | b64enc }}/{{ .missing }}\n")
                    .put("empty", "{{ if .empty }}set{{ else }}unset{{ end }}");
            return json;
        });

        assertThat(unseal(sealed.toJson())).isEqualTo(recovered(sealed.toJson()));
    }

    private static String withValue(String raw, Scope scope) {
        String annotations = scope == Scope.STRICT ? "" : "sealedsecrets.bitnami.com/" + scope + ": \"true\"";
        return """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: database, namespace: team-a, annotations: {%s}}
                spec:
                  encryptedData:
                    password: %s
                """.formatted(annotations, raw);
    }

    /** Leave out what is encrypted, our note of the key, and what kubeseal prints as null. */
    private static Manifest readable(Manifest sealed) {
        return withoutNulls(sealed).with(json -> {
            ObjectNode metadata = json.withObjectProperty("metadata");
            ObjectNode annotations = metadata.withObjectProperty("annotations");
            annotations.remove("tenantry.dev/sealed-with");
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
            ObjectNode encrypted = (ObjectNode) json.at("/spec/encryptedData");
            encrypted.properties().forEach(item -> encrypted.put(item.getKey(), "…"));
            return json;
        });
    }

    private static Manifest withoutNulls(Manifest object) {
        return object.with(json -> {
            for (String metadata : List.of("/metadata", "/spec/template/metadata")) {
                if (json.at(metadata) instanceof ObjectNode fields) {
                    fields.properties().removeIf(field -> field.getValue().isNull());
                }
            }
            return json;
        });
    }

    private static Manifest unseal(String sealed) throws IOException {
        Result result = Terminal.run(sealed, new UnsealCommand(), "--keys", keys);
        assertThat(result.err()).isEmpty();
        return withoutNulls(parse(result.out()));
    }

    private static Manifest recovered(String sealed) throws Exception {
        return withoutNulls(parse(kubeseal.run(sealed, "--recovery-unseal", "--recovery-private-key",
                keys.resolve("current.key").toString()).orFail()));
    }

    private static Manifest parse(String text) throws IOException {
        List<Manifest> objects = ObjectFile.parse("out", text).objects();
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }
}
