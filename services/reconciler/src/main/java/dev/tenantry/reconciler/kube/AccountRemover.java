package dev.tenantry.reconciler.kube;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.DeleteOptions;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.prune.ObjectRemover;

/** Read and delete objects as one service account. */
final class AccountRemover implements ObjectRemover {

    private final Account account;
    private final ObjectApi api;
    private final Discovery discovery;
    private final LiveObjects live;

    AccountRemover(Account account, ObjectApi api, Discovery discovery, LiveObjects live) {
        this.account = account;
        this.api = api.as(account.namespace(), account.name());
        this.discovery = discovery;
        this.live = live;
    }

    @Override
    public CompletionStage<Found> find(ObjectRef ref, String version) {
        return read(ref, version, true).thenApply(found -> {
            if (found instanceof Absent) {
                live.absent(ref);
            }
            return found;
        });
    }

    /** @param again whether to ask how the kind is served once more where it turns out not to be */
    private CompletionStage<Found> read(ObjectRef ref, String version, boolean again) {
        // The version that was applied may be served no more, while the object lives on under another one.
        var type = discovery.closest(ref.group(), version, ref.kind());
        return Answer.later(type).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(refused(refused.error()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    // Without its namespace an object can have been asked for only, never made.
                    .filter(served -> !AccountObjects.isMisplaced(served, ref.namespace()))
                    .map(served -> Answer.later(api.get(served.at(ref.namespace(), ref.name())))
                            .thenCompose(read -> found(read, ref, version, again)))
                    .orElseGet(() -> done(new Absent()));
        });
    }

    private CompletionStage<Found> found(Answer<Optional<ObjectNode>> answer, ObjectRef ref, String version,
            boolean again) {
        return switch (answer) {
            case Answer.Refused<Optional<ObjectNode>> refused -> refused.error().isUnknownKind() && again
                    ? Answer.later(discovery.reread()).thenCompose(reread -> read(ref, version, false))
                    : done(refused(refused.error()));
            case Answer.Given<Optional<ObjectNode>> given -> done(given.value()
                    .<Found>map(object -> new Present(Manifest.of(object)))
                    .orElseGet(Absent::new));
        };
    }

    @Override
    public CompletionStage<Removal> delete(Manifest object) {
        var options = options(object.at("metadata", "uid").asText(), object.at("metadata", "resourceVersion").asText());
        return Answer.later(discovery.find(object)).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(refused(refused.error()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .map(type -> delete(type, object.ref(), options))
                    .orElseGet(() -> done(new Deleted()));
        });
    }

    @Override
    public Optional<LiveObject> known(ObjectRef ref) {
        return live.find(ref);
    }

    @Override
    public CompletionStage<Removal> delete(ObjectRef ref, String version, LiveObject known) {
        return Answer.later(discovery.closest(ref.group(), version, ref.kind())).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(refused(refused.error()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .filter(type -> !AccountObjects.isMisplaced(type, ref.namespace()))
                    .map(type -> delete(type, ref, options(known.uid(), known.resourceVersion())))
                    .orElseGet(() -> done(new Changed()));
        });
    }

    private static DeleteOptions options(String uid, String resourceVersion) {
        return DeleteOptions.onlyIf(uid, resourceVersion).with(DeleteOptions.Propagation.BACKGROUND);
    }

    private CompletionStage<Removal> delete(ResourceType type, ObjectRef ref, DeleteOptions options) {
        return Answer.later(api.delete(type.at(ref.namespace(), ref.name()), options)).thenApply(answer -> {
            Removal removal = removal(answer);
            if (removal instanceof Deleted) {
                live.absent(ref);
            }
            return removal;
        });
    }

    private Removal removal(Answer<Optional<ObjectNode>> answer) {
        return switch (answer) {
            case Answer.Given<Optional<ObjectNode>> given -> new Deleted();
            // A kind that is unknown all of a sudden is looked up again by the read that follows.
            case Answer.Refused<Optional<ObjectNode>> refused -> refused.error().isConflict()
                    || refused.error().isUnknownKind()
                            ? new Changed()
                            : refused(refused.error());
        };
    }

    private Refused refused(ApiError error) {
        return new Refused(message(account, error), error.isForbidden());
    }

    /** Say what the API server says, and who is not allowed where that is it. */
    static String message(Account account, ApiError error) {
        return error.isForbidden()
                ? "%s may not: %s".formatted(account, error.message())
                : error.message();
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
