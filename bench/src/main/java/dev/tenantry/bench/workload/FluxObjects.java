package dev.tenantry.bench.workload;

import java.net.URI;
import java.time.Duration;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The objects that let controllers follow a repository. */
public final class FluxObjects {

    /** The label of all that a run makes, whose value is the run's own. */
    public static final String RUN_LABEL = "tenantry.dev/bench";

    private FluxObjects() {}

    /** Where an object is and whose it is. */
    public record Place(String run, String namespace, String name) {}

    public static GenericKubernetesResource gitRepository(Place place, URI url, Duration interval) {
        return object(place, """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                spec:
                  url: %s
                  interval: %ds
                  ref:
                    branch: main
                """.formatted(url, interval.toSeconds()));
    }

    /**
     * A Kustomization to make.
     *
     * @param source the name of the GitRepository, in the same namespace
     * @param path in it
     * @param into the namespace of the objects
     */
    public record Target(Place place, String source, String path, String into, Duration interval) {}

    /** Return a Kustomization that prunes, and waits until its objects are healthy. */
    public static GenericKubernetesResource kustomization(Target target, Duration timeout) {
        return object(target.place, """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                spec:
                  sourceRef:
                    kind: GitRepository
                    name: %s
                  path: ./%s
                  targetNamespace: %s
                  interval: %ds
                  timeout: %ds
                  prune: true
                  wait: true
                """.formatted(target.source, target.path, target.into, target.interval.toSeconds(),
                timeout.toSeconds()));
    }

    public static GenericKubernetesResource receiver(Place place, String source) {
        return object(place, """
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                spec:
                  type: generic
                  secretRef:
                    name: %s
                  resources:
                    - kind: GitRepository
                      name: %s
                """.formatted(place.name, source));
    }

    private static GenericKubernetesResource object(Place place, String yaml) {
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        object.setMetadata(new ObjectMetaBuilder().withNamespace(place.namespace)
                .withName(place.name)
                .addToLabels(RUN_LABEL, place.run)
                .build());
        return object;
    }
}
