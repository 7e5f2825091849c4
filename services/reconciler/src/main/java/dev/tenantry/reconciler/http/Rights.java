package dev.tenantry.reconciler.http;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tenantry.access.Caller;
import dev.tenantry.access.Permission;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.compare.Difference;
import dev.tenantry.reconciler.kube.ServedKinds;

/** Show of differences what the caller may get in the cluster. */
@ApplicationScoped
class Rights {

    /** A kind that is not served yet has no plural, so only who may get all of its group may see it. */
    private static final String ALL_KINDS = "*";

    private final ServedKinds kinds;
    private final Caller caller;

    Rights(ServedKinds kinds, Caller caller) {
        this.kinds = kinds;
        this.caller = caller;
    }

    /** Keep what the caller may get, in order; blocks. */
    List<Difference> visible(List<Difference> differences) {
        return caller.visible(differences, this::toGet).toCompletableFuture().join();
    }

    private Permission toGet(Difference difference) {
        ObjectRef object = difference.object();
        String plural = kinds.find(object.group(), difference.version(), object.kind())
                .map(ResourceType::plural)
                .orElse(ALL_KINDS);
        return new Permission("get", object.group(), plural, object.namespace(), object.name());
    }
}
