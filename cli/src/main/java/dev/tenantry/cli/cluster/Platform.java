package dev.tenantry.cli.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The installation's namespace and the account by which the platform's Kustomizations are applied. */
public record Platform(KubernetesClient client) {

    private static final String FIELD_MANAGER = "tenantry";

    /** Apply both; what others added to them stays. */
    public void install() {
        try (InputStream yaml = Objects.requireNonNull(Platform.class.getResourceAsStream("platform.yaml"))) {
            List<HasMetadata> objects = Serialization.unmarshal(yaml);
            objects.forEach(
                    object -> client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
