package dev.tenantry.reconciler.kube;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.reconciler.compare.Rehearsal;
import dev.tenantry.reconciler.prune.ObjectRemover;

/** Read and try as one service account, by the API server's dry run. */
final class AccountRehearsal implements Rehearsal {

    private final AccountObjects objects;
    private final ObjectApi api;
    private final Discovery discovery;

    /** @param api as the same account as the objects */
    AccountRehearsal(AccountObjects objects, ObjectApi api, Discovery discovery) {
        this.objects = objects;
        this.api = api;
        this.discovery = discovery;
    }

    @Override
    public CompletionStage<Found> read(ObjectRef ref, String version) {
        return objects.remover().find(ref, version).thenApply(found -> switch (found) {
            case ObjectRemover.Present present -> new Present(present.live(),
                    LiveObjects.describe(ObjectMetadata.of(present.live().json())));
            case ObjectRemover.Absent absent -> new Absent();
            case ObjectRemover.Refused refused -> new Unread(refused.message());
        });
    }

    @Override
    public CompletionStage<Tried> apply(Manifest object) {
        return Answer.later(discovery.find(object)).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(
                    new Refused(objects.notWritten(object.ref(), refused.error()).message()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .map(type -> AccountObjects.isMisplaced(type, object.namespace())
                            ? done(new Refused(AccountObjects.misplaced().message()))
                            : apply(type, object))
                    .orElseGet(() -> done(new Untried("kind %s of %s".formatted(object.kind(), object.apiVersion()))));
        });
    }

    private CompletionStage<Tried> apply(ResourceType type, Manifest object) {
        var options = ApplyOptions.as(LiveObjects.MANAGER).forced().dry();
        return Answer.later(api.apply(type, object, options)).thenApply(answer -> switch (answer) {
            case Answer.Given<ObjectNode> given -> new Accepted(Manifest.of(given.value()));
            case Answer.Refused<ObjectNode> refused -> refused.error().isMissingNamespace()
                    ? new Untried("namespace " + object.namespace())
                    : new Refused(objects.notWritten(object.ref(), refused.error()).message());
        });
    }

    private static CompletionStage<Tried> done(Tried answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
