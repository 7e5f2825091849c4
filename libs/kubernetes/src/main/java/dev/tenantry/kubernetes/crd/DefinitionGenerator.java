package dev.tenantry.kubernetes.crd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.tenantry.kubernetes.kustomize.InventoryPart;
import dev.tenantry.kubernetes.kustomize.Kustomization;
import dev.tenantry.kubernetes.meta.Categories;
import dev.tenantry.kubernetes.notification.Receiver;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.kubernetes.source.GitRepository;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerationInfo;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;

/**
 * Write the CustomResourceDefinition of each kind, from its class.
 *
 * <p>The build of this module runs it; nothing does at run time, when the generator is not on the class path.
 */
final class DefinitionGenerator {

    static final List<Class<? extends HasMetadata>> KINDS = List.of(GitRepository.class, Kustomization.class,
            Receiver.class, SealedSecret.class, InventoryPart.class);

    private DefinitionGenerator() {}

    /** Write one file for each kind into the folder that is the only argument. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        CRDGenerationInfo written = new CRDGenerator()
                .customResourceClasses(KINDS)
                .forCRDVersions("v1")
                .withPostProcessor(new Finisher())
                .inOutputDir(folder.toFile())
                .detailedGenerate();
        if (written.numberOfGeneratedCRDs() != KINDS.size()) {
            throw new IllegalStateException(
                    "Only " + written.numberOfGeneratedCRDs() + " of " + KINDS.size() + " kinds");
        }
    }

    /** Add what the generator has no annotation for. */
    private static final class Finisher implements CRDPostProcessor {

        private final Map<String, Class<? extends HasMetadata>> byName = KINDS.stream()
                .collect(Collectors.toMap(HasMetadata::getFullResourceName, Function.identity()));

        @Override
        public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
            Class<? extends HasMetadata> kind = byName.get(crd.getMetadata().getName());
            return new CustomResourceDefinitionBuilder((CustomResourceDefinition) crd)
                    .editSpec()
                    .editNames()
                    .withCategories(categories(kind))
                    .withListKind(HasMetadata.getKind(kind) + "List")
                    .endNames()
                    .editFirstVersion()
                    .withAdditionalPrinterColumns(columns(kind))
                    .endVersion()
                    .endSpec()
                    .build();
        }

        private static List<String> categories(Class<? extends HasMetadata> kind) {
            Categories categories = kind.getAnnotation(Categories.class);
            return categories == null ? List.of() : List.of(categories.value());
        }

        /** The generator sorts the columns by their path, and writes a priority of zero. */
        private static List<CustomResourceColumnDefinition> columns(Class<? extends HasMetadata> kind) {
            return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                    .map(column -> new CustomResourceColumnDefinitionBuilder()
                            .withName(column.name())
                            .withType(column.type().getValue())
                            .withJsonPath(column.jsonPath())
                            .build())
                    .toList();
        }
    }
}
