package dev.tenantry.reconciler.kube;

import java.util.Optional;

import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ResourceType;

/** How the API server serves kinds. */
public final class ServedKinds {

    private final Discovery discovery;

    ServedKinds(Discovery discovery) {
        this.discovery = discovery;
    }

    /** Find a kind in a version; empty where it is not served or the API server cannot be asked. Blocks. */
    public Optional<ResourceType> find(String group, String version, String kind) {
        return switch (ask(group, version, kind)) {
            case Answer.Given<Optional<ResourceType>> given -> given.value();
            case Answer.Refused<Optional<ResourceType>> refused -> Optional.empty();
        };
    }

    /** Find a kind in a version, or why the API server cannot tell. Blocks. */
    Answer<Optional<ResourceType>> ask(String group, String version, String kind) {
        return Answer.of(discovery.find(group, version, kind));
    }
}
