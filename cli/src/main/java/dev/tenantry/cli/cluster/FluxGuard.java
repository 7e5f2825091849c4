package dev.tenantry.cli.cluster;

import java.util.List;

import dev.tenantry.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Refuse a cluster where Flux's controllers run: two controllers of one object undo each other's work for ever. */
public record FluxGuard(KubernetesClient client) {

    // Those whose kinds Tenantry acts on.
    private static final List<String> CONTROLLERS = List.of(
            "source-controller", "kustomize-controller", "notification-controller");

    /**
     * Check that none of the controllers has replicas.
     *
     * @throws CommandFailure if one has, with its name and what to do
     */
    public void check() {
        List<String> live = CONTROLLERS.stream()
                .flatMap(name -> client.apps()
                        .deployments()
                        .inAnyNamespace()
                        .withField("metadata.name", name)
                        .list()
                        .getItems()
                        .stream())
                .filter(FluxGuard::isLive)
                .map(deployment -> deployment.getMetadata().getNamespace() + "/" + deployment.getMetadata().getName())
                .toList();
        if (!live.isEmpty()) {
            throw new CommandFailure(("Flux runs in this cluster (%s), and both would act on the same objects; "
                    + "scale its Deployments to 0, or go on beside them with --take-over")
                    .formatted(String.join(", ", live)));
        }
    }

    private static boolean isLive(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null || replicas > 0;
    }
}
