package dev.tenantry.reconciler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.compare.Rehearsal;

/** Read and try in the cluster in memory. */
record FakeRehearsal(FakeWorld world) implements Rehearsal {

    @Override
    public CompletionStage<Found> read(ObjectRef ref, String version) {
        Manifest object = world.objects.get(ref);
        return CompletableFuture.completedFuture(object == null
                ? new Absent()
                : new Present(object, world.live(ref).orElseThrow()));
    }

    @Override
    public CompletionStage<Tried> apply(Manifest object) {
        if (world.refused.contains(object.ref())) {
            return CompletableFuture.completedFuture(new Refused("is refused, since " + object.at("data")));
        }
        return CompletableFuture.completedFuture(world.missingNamespaces.contains(object.namespace())
                ? new Untried("namespace " + object.namespace())
                : new Accepted(object));
    }
}
