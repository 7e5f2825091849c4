package dev.tenantry.gitwatcher.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.notification.ReceiverResource;
import dev.tenantry.kubernetes.notification.ReceiverSpec;

/**
 * Choose objects that a webhook is for, as one entry of {@code spec.resources} says.
 *
 * @param group the API group of the objects
 * @param version the version to address them in
 * @param kind their kind
 * @param namespace where they are; empty for all namespaces
 * @param name the object, or empty for all that have the labels
 * @param labels the labels they must have, when no name is given
 */
public record Selection(String group, String version, String kind, String namespace, Optional<String> name,
        Map<String, String> labels) {

    private static final String ALL = "*";
    /** Where Flux's kinds are, for resources that do not say. */
    private static final Map<String, String> API_VERSIONS = Map.ofEntries(
            Map.entry("GitRepository", "source.toolkit.fluxcd.io/v1"),
            Map.entry("OCIRepository", "source.toolkit.fluxcd.io/v1"),
            Map.entry("Bucket", "source.toolkit.fluxcd.io/v1"),
            Map.entry("HelmRepository", "source.toolkit.fluxcd.io/v1"),
            Map.entry("HelmChart", "source.toolkit.fluxcd.io/v1"),
            Map.entry("ExternalArtifact", "source.toolkit.fluxcd.io/v1"),
            Map.entry("ArtifactGenerator", "source.extensions.fluxcd.io/v1beta1"),
            Map.entry("Kustomization", "kustomize.toolkit.fluxcd.io/v1"),
            Map.entry("HelmRelease", "helm.toolkit.fluxcd.io/v2"),
            Map.entry("ImageRepository", "image.toolkit.fluxcd.io/v1"),
            Map.entry("ImagePolicy", "image.toolkit.fluxcd.io/v1"),
            Map.entry("ImageUpdateAutomation", "image.toolkit.fluxcd.io/v1"));

    /** What a receiver chooses, and what it asks for but may not have. */
    public record Choice(List<Selection> selections, List<String> refused) {}

    /**
     * Read what a receiver chooses.
     *
     * @param platformNamespaces the namespaces whose receivers may choose objects of others
     */
    public static Choice of(NamespacedName receiver, ReceiverSpec spec, Set<String> platformNamespaces) {
        List<Selection> selections = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        boolean anywhere = platformNamespaces.contains(receiver.namespace());
        for (ReceiverResource resource : spec.resources()) {
            String namespace = resource.namespace() == null || resource.namespace().isEmpty()
                    ? receiver.namespace()
                    : resource.namespace();
            Optional<String> apiVersion = apiVersion(resource);
            if (!anywhere && !namespace.equals(receiver.namespace())) {
                refused.add(resource.kind() + " " + namespace + "/" + resource.name()
                        + ": cross-namespace references are not allowed");
            } else if (apiVersion.isEmpty()) {
                refused.add(
                        resource.kind() + " " + namespace + "/" + resource.name() + ": unknown kind, set apiVersion");
            } else {
                String[] parts = apiVersion.get().split("/", 2);
                selections.add(new Selection(
                        parts.length == 2 ? parts[0] : "",
                        parts[parts.length - 1],
                        resource.kind(),
                        namespace.equals(ALL) ? "" : namespace,
                        resource.name().equals(ALL) ? Optional.empty() : Optional.of(resource.name()),
                        resource.matchLabels()));
            }
        }
        return new Choice(List.copyOf(selections), List.copyOf(refused));
    }

    private static Optional<String> apiVersion(ReceiverResource resource) {
        String given = resource.apiVersion();
        return given == null || given.isEmpty()
                ? Optional.ofNullable(API_VERSIONS.get(resource.kind()))
                : Optional.of(given);
    }

    /** Choose one object of them. */
    public Selection narrowedTo(NamespacedName object) {
        return new Selection(group, version, kind, object.namespace(), Optional.of(object.name()), Map.of());
    }

    /** Give the labels as a label selector, empty when there are none. */
    public String labelSelector() {
        return String.join(",", labels.entrySet()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .toList());
    }
}
