package dev.tenantry.kubernetes.crd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Give the CustomResourceDefinitions of the kinds that Tenantry acts on. */
public final class Definitions {

    /** Where the definitions are on the class path. */
    static final String FOLDER = "META-INF/fabric8/";
    private static final List<String> FILES = List.of(
            "gitrepositories.source.toolkit.fluxcd.io-v1.yml",
            "kustomizations.kustomize.toolkit.fluxcd.io-v1.yml",
            "receivers.notification.toolkit.fluxcd.io-v1.yml",
            "sealedsecrets.bitnami.com-v1.yml",
            "inventoryparts.tenantry.dev-v1.yml");

    private Definitions() {}

    /** Give all definitions, ready to be applied. */
    public static List<Manifest> all() {
        return FILES.stream().map(Definitions::read).toList();
    }

    /** Tell whether the API server serves a definition; one that was just made has no status, or one without conditions. */
    public static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return Optional.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .map(CustomResourceDefinitionStatus::getConditions)
                .orElse(List.of())
                .stream()
                .anyMatch(each -> each.getType().equals("Established") && each.getStatus().equals("True"));
    }

    private static Manifest read(String file) {
        try (InputStream yaml = Definitions.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
            if (yaml == null) {
                throw new IllegalStateException(
                        FOLDER + file + " is not on the class path: build libs/kubernetes again");
            }
            return Manifest.of(Serialization.unmarshal(yaml, ObjectNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
