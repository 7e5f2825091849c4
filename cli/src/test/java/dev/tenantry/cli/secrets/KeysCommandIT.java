package dev.tenantry.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;

import dev.tenantry.cli.secrets.Terminal.Result;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.Markers;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;

class KeysCommandIT {

    private static KeyPair newest;
    private static KeyPair retired;

    private final ControlPlane cluster = ControlPlane.shared();
    private final KubernetesClient client = cluster.client();
    private final String namespace = cluster.newNamespace();

    @TempDir
    private Path temp;
    private String recipient;
    private Path identity;
    private Path file;

    @BeforeAll
    static void keys() {
        newest = TestKeyFiles.pair();
        retired = TestKeyFiles.pair();
    }

    @BeforeEach
    void keysInTheClusterAndAnOperator() throws Exception {
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        recipient = pair.getPublic().toString();
        identity = Files.writeString(temp.resolve("identity"), pair.getPrivate().toString());
        file = temp.resolve("keys.age");
        create(KeySecretSamples.of("newest", newest)
                .withAnnotations(Map.of(Markers.NAMESPACES, "team-b, team-a", "note", "kept")));
        create(KeySecretSamples.of("retired", retired).withLabels(Map.of(Markers.KEY_LABEL, "compromised")));
    }

    @Test
    void anExportHoldsAllKeysAndIsNoted() throws IOException {
        Result result = keys("export", "--to", recipient, "--out", file);

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        List<Manifest> objects = ObjectFile.parse("file", AgeFile.decrypt(file, identity)).objects();
        assertThat(objects).extracting(Manifest::name).containsExactly("newest", "retired");
        assertThat(objects.get(0).annotations()).containsOnlyKeys(Markers.NAMESPACES, "note");
        assertThat(objects.get(0).at("metadata").properties()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("name", "namespace", "labels", "annotations");
        assertThat(annotations("newest")).containsEntry(Markers.EXPORTED, newest.fingerprint().text());
        assertThat(annotations("retired")).containsEntry(Markers.EXPORTED, retired.fingerprint().text());
    }

    @Test
    void whatIsOnlyPrintedIsNotNoted() throws IOException {
        Result result = keys("export", "--to", recipient);

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n");
        Path printed = Files.writeString(temp.resolve("printed"), result.out());
        assertThat(ObjectFile.parse("printed", AgeFile.decrypt(printed, identity)).objects())
                .extracting(Manifest::name)
                .containsExactly("newest", "retired");
        assertThat(result.err())
                .startsWith("keys: printed newest " + newest.fingerprint() + "\nkeys: printed retired "
                        + retired.fingerprint() + "\nkeys: none is marked as exported, ")
                .endsWith("to mark them, export with --out FILE\n");
        assertThat(annotations("newest")).doesNotContainKey(Markers.EXPORTED);
        assertThat(annotations("retired")).doesNotContainKey(Markers.EXPORTED);
    }

    @Test
    void whatWasExportedToAFileStaysNotedWhenItIsPrinted() {
        keys("export", "--to", recipient, "--out", file);

        keys("export", "--to", recipient);

        assertThat(annotations("newest")).containsEntry(Markers.EXPORTED, newest.fingerprint().text());
    }

    @Test
    void whatCannotKeepKeysIsNoFileForThem() throws IOException {
        Path nowhere = Files.createSymbolicLink(temp.resolve("nowhere"), Path.of("/dev/null"));

        Result result = keys("export", "--to", recipient, "--out", nowhere);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("tenantry: " + nowhere + " is there and is no file").hasLineCount(1);
        assertThat(annotations("newest")).doesNotContainKey(Markers.EXPORTED);
    }

    @Test
    void theWayBackWithoutTenantryOverwritesNoKey() {
        Result result = keys("export", "--help");

        assertThat(result.out()).contains("| kubectl create -f -").doesNotContain("kubectl apply");
    }

    @Test
    void anExportThatCannotBeWrittenIsNotNoted() {
        Result result = keys("export", "--to", recipient, "--out", temp.resolve("missing/keys.age"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(annotations("newest")).doesNotContainKey(Markers.EXPORTED);
    }

    @Test
    void whatIsExportedComesBackAfterItIsLost() {
        keys("export", "--to", recipient, "--out", file);
        Secret before = secret("newest");
        client.secrets().inNamespace(namespace).withName("newest").delete();

        Result result = keys("import", "--identity", identity, file);

        assertThat(result).isEqualTo(new Result(0, "keys: imported newest " + newest.fingerprint()
                + "\nkeys: was there retired " + retired.fingerprint() + "\n", ""));
        Secret after = secret("newest");
        assertThat(after.getData()).isEqualTo(before.getData());
        assertThat(after.getType()).isEqualTo(before.getType());
        assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
        assertThat(after.getMetadata().getAnnotations()).isEqualTo(before.getMetadata().getAnnotations());
    }

    @Test
    void keysComeIntoANamespaceThatIsNotThere() {
        keys("export", "--to", recipient, "--out", file);
        String other = namespace + "-new";

        Result result = Terminal.run(new KeysCommand(), "import", "--kubeconfig", cluster.kubeconfig(), "--namespace",
                other, "--identity", identity, file);

        assertThat(result.out()).startsWith("keys: created namespace " + other + "\nkeys: imported newest");
        assertThat(client.secrets().inNamespace(other).withName("retired").get()).isNotNull();
    }

    @Test
    void nothingIsOverwrittenAndThenNothingElseIsImported() {
        keys("export", "--to", recipient, "--out", file);
        client.secrets().inNamespace(namespace).delete();
        create(KeySecretSamples.of("retired", newest));

        Result result = keys("import", "--identity", identity, file);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("Secret " + namespace + "/retired is there and holds something else than the key "
                        + retired.fingerprint(), "nothing was imported")
                .hasLineCount(1);
        assertThat(client.secrets().inNamespace(namespace).withName("newest").get()).isNull();
    }

    @Test
    void aKeyThatTookThePlaceOfAnExportedOneIsNotExported() {
        keys("export", "--to", recipient, "--out", file);
        Map<String, String> noted = annotations("newest");
        client.secrets().inNamespace(namespace).withName("newest").delete();
        create(KeySecretSamples.of("newest", TestKeyFiles.pair()).withAnnotations(noted));

        Result result = keys("list");

        assertThat(result.out()).hasLineCount(3);
        assertThat(row(result, "newest")).contains(" yes    no       team-a,team-b");
        assertThat(row(result, "retired")).contains(retired.fingerprint().text()).endsWith(" no     yes");
    }

    @Test
    void whatIsWrongIsToldInALine() throws IOException {
        Path none = Files.writeString(temp.resolve("none"), "no age file");

        List<Result> results = List.of(
                keys("export", "--to", "age1canary"),
                keys("import", "--identity", identity, none),
                keys("import", "--identity", temp.resolve("missing"), none),
                Terminal.run(new KeysCommand(), "list", "--kubeconfig", temp.resolve("missing")),
                Terminal.run(new KeysCommand(), "export", "--kubeconfig", cluster.kubeconfig(), "--namespace", "empty",
                        "--to", recipient));

        assertThat(results).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).startsWith("tenantry: ").hasLineCount(1);
        });
    }

    private Result keys(String command, Object... options) {
        return Terminal.run(new KeysCommand(), Stream.concat(
                Stream.of(command, "--kubeconfig", cluster.kubeconfig(), "--namespace", namespace),
                Stream.of(options)).toArray());
    }

    private void create(Manifest secret) {
        client.resource(secret.withNamespace(namespace).as(Secret.class)).create();
    }

    private Secret secret(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    private Map<String, String> annotations(String name) {
        Map<String, String> annotations = secret(name).getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static String row(Result result, String name) {
        return result.out().lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }
}
