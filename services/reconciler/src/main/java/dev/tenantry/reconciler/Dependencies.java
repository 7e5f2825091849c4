package dev.tenantry.reconciler;

import java.util.Optional;
import java.util.function.Function;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.Dependency;

/** Tell whether the Kustomizations that a target depends on are where it needs them. */
final class Dependencies {

    private final Function<NamespacedName, Optional<Target>> targets;

    Dependencies(Function<NamespacedName, Optional<Target>> targets) {
        this.targets = targets;
    }

    /**
     * Give what is missing first, if anything. A dependency on the same source must have applied the same revision, so
     * that one commit that changes both arrives in order.
     */
    Optional<String> missing(Target target, String revision) {
        return target.spec()
                .dependsOn()
                .stream()
                .map(dependency -> missing(target, dependency, revision))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> missing(Target target, Dependency dependency, String revision) {
        NamespacedName name = dependency.from(target.name().namespace());
        Optional<Target> found = targets.apply(name);
        if (found.isEmpty()) {
            return Optional.of("dependency '%s' not found".formatted(name));
        }
        Target other = found.get();
        if (!other.isReady()) {
            return Optional.of("dependency '%s' is not ready".formatted(name));
        }
        boolean sameSource = other.source().equals(target.source())
                && other.spec().sourceRef().kind().equals(target.spec().sourceRef().kind());
        if (sameSource && !revision.equals(other.status().lastAppliedRevision())) {
            return Optional.of("dependency '%s' has not applied revision %s yet".formatted(name, revision));
        }
        return Optional.empty();
    }
}
