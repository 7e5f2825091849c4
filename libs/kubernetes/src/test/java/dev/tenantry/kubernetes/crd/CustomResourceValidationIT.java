package dev.tenantry.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The API server accepts each object in a file {@code <kind>/valid-*.yaml}, and refuses each in {@code invalid-*.yaml}
 * with the words of the comment in its first line.
 */
class CustomResourceValidationIT {

    private static final Path FILES = Path
            .of("src/test/resources/dev/tenantry/kubernetes/crd/CustomResourceValidationIT");

    private final ControlPlane cluster = InstalledDefinitions.cluster();
    private final KubernetesClient client = cluster.client();
    private final String namespace = cluster.newNamespace();

    @TestFactory
    Stream<DynamicTest> everyFileIsAcceptedOrRefusedAsItsNameSays() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(FILES)) {
            files = tree.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(FILES.relativize(file).toString(), () -> check(file)));
    }

    private void check(Path file) throws IOException {
        String yaml = Files.readString(file);
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        ThrowingCallable create = () -> client.resource(object)
                .inNamespace(namespace)
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
        String name = file.getFileName().toString();
        if (name.startsWith("valid-")) {
            assertThatCode(create).doesNotThrowAnyException();
        } else if (name.startsWith("invalid-") && yaml.startsWith("# ")) {
            assertThatThrownBy(create)
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(yaml.lines().findFirst().orElseThrow().substring(2));
        } else {
            throw new AssertionError(name + " is neither valid-*.yaml nor invalid-*.yaml with a comment on top");
        }
    }
}
