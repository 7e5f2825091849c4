package dev.tenantry.cli.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.kubernetes.crd.Definitions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The definitions of Tenantry's kinds in a cluster. */
public record CustomKinds(KubernetesClient client) {

    private static final String FIELD_MANAGER = "tenantry";

    /**
     * Install the definitions that the cluster lacks and renew those that Tenantry installed earlier; leave those that
     * somebody else installed as they are. Return once the API server serves all kinds.
     *
     * @return the names of the definitions that were left
     * @throws CommandFailure if the API server does not serve one within 30 seconds
     */
    public List<String> install() {
        List<CustomResourceDefinition> definitions = Definitions.all()
                .stream()
                .map(definition -> definition.as(CustomResourceDefinition.class))
                .toList();
        List<String> left = definitions.stream()
                .filter(this::isSomebodyElses)
                .map(definition -> definition.getMetadata().getName())
                .toList();
        definitions.stream()
                .filter(definition -> !left.contains(definition.getMetadata().getName()))
                .forEach(definition -> client.resource(definition)
                        .fieldManager(FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
        definitions.forEach(this::awaitServed);
        return left;
    }

    private boolean isSomebodyElses(CustomResourceDefinition definition) {
        CustomResourceDefinition existing = resource(definition).get();
        return existing != null && existing.getMetadata()
                .getManagedFields()
                .stream()
                .noneMatch(fields -> FIELD_MANAGER.equals(fields.getManager()));
    }

    private void awaitServed(CustomResourceDefinition definition) {
        try {
            resource(definition).waitUntilCondition(Definitions::isEstablished, 30, TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new CommandFailure("The API server does not serve %s; see: kubectl describe crd %s".formatted(
                    definition.getMetadata().getName(), definition.getMetadata().getName()), e);
        }
    }

    private Resource<CustomResourceDefinition> resource(CustomResourceDefinition definition) {
        return client.apiextensions().v1().customResourceDefinitions().withName(definition.getMetadata().getName());
    }
}
