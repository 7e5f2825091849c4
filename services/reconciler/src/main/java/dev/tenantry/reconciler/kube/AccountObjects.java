package dev.tenantry.reconciler.kube;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.Marker;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.health.Health;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.ObjectWriter;
import dev.tenantry.reconciler.prune.ObjectRemover.Absent;
import dev.tenantry.reconciler.prune.ObjectRemover.Changed;
import dev.tenantry.reconciler.prune.ObjectRemover.Deleted;
import dev.tenantry.reconciler.prune.ObjectRemover.Present;
import dev.tenantry.reconciler.prune.ObjectRemover.Refused;

/** Write objects as one service account. */
final class AccountObjects implements ObjectWriter {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    /** How long a run waits for an object to be gone that it replaces; the next one goes on. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(10);

    private final Account account;
    private final ObjectApi api;
    private final Discovery discovery;
    private final LiveObjects live;
    private final AccountRemover remover;

    AccountObjects(Account account, ObjectApi api, Discovery discovery, LiveObjects live) {
        this.account = account;
        this.api = api.as(account.namespace(), account.name());
        this.discovery = discovery;
        this.live = live;
        this.remover = new AccountRemover(account, api, discovery, live);
    }

    /** Read and delete as the same account. */
    AccountRemover remover() {
        return remover;
    }

    @Override
    public CompletionStage<WriteResult> apply(Manifest object) {
        return apply(object, true);
    }

    /** @param again whether to ask how the kind is served once more where it turns out not to be */
    private CompletionStage<WriteResult> apply(Manifest object, boolean again) {
        return Answer.later(discovery.find(object)).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(notWritten(object.ref(), refused.error()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .map(type -> isMisplaced(type, object.namespace())
                            ? AccountObjects.<WriteResult>done(misplaced())
                            : apply(type, object, again))
                    .orElseGet(() -> done(unknownKind(object)));
        });
    }

    private CompletionStage<WriteResult> apply(ResourceType type, Manifest object, boolean again) {
        return Answer.later(api.apply(type, object, ApplyOptions.as(LiveObjects.MANAGER).forced()))
                .thenCompose(answer -> switch (answer) {
                    case Answer.Refused<ObjectNode> refused when refused.error().isUnknownKind() -> again
                            ? Answer.later(discovery.reread()).thenCompose(reread -> apply(object, false))
                            : done(unknownKind(object));
                    case Answer.Refused<ObjectNode> refused -> refused.error().isImmutableField()
                            ? recreate(object, refused.error())
                            : done(notWritten(object.ref(), refused.error()));
                    case Answer.Given<ObjectNode> given -> Takeover.of(given.value())
                            .map(operations -> takeOver(type, object, given.value(), operations))
                            .orElseGet(() -> done(written(given.value(), false)));
                });
    }

    /** Make what kubectl set ours, then apply again, which removes what git does not have. */
    private CompletionStage<WriteResult> takeOver(ResourceType type, Manifest object, ObjectNode applied,
            ArrayNode operations) {
        Patch patch = Patch.json(operations)
                .by(LiveObjects.MANAGER)
                .onlyIf(applied.at("/metadata/resourceVersion").asText());
        return Answer.later(api.patch(type.at(object.namespace(), object.name()), patch)
                .thenCompose(ours -> api.apply(type, object, ApplyOptions.as(LiveObjects.MANAGER).forced())))
                .thenApply(answer -> switch (answer) {
                    case Answer.Refused<ObjectNode> refused -> notWritten(object.ref(), refused.error());
                    case Answer.Given<ObjectNode> given -> written(given.value(), false);
                });
    }

    /** Where the object's author allows it, in git or on the live object: only a new object can have the new value. */
    private CompletionStage<WriteResult> recreate(Manifest object, ApiError immutable) {
        return remover.find(object.ref(), object.version())
                .thenCompose(found -> found instanceof Present present
                        && (Marker.FORCE_ENABLED.isOn(object) || Marker.FORCE_ENABLED.isOn(present.live()))
                                ? remover.delete(present.live()).thenCompose(removal -> switch (removal) {
                                    case Refused refused -> done(new NotWritten(
                                            "cannot be replaced: " + refused.message(), !refused.forbidden()));
                                    case Changed changed ->
                                        done(new NotWritten("changed as it was about to be replaced", true));
                                    case Deleted deleted ->
                                        successor(object, System.nanoTime() + REPLACEMENT.toNanos());
                                })
                                : done(notWritten(object.ref(), immutable)));
    }

    private CompletionStage<WriteResult> successor(Manifest object, long deadline) {
        return create(object).thenCompose(result -> switch (result) {
            case Written written -> done(written);
            case NotWritten refused -> done(refused);
            case Existing existing -> System.nanoTime() - deadline > 0
                    ? done(new NotWritten("was deleted to be replaced, and is not gone yet", true))
                    : later().thenCompose(any -> successor(object, deadline));
        });
    }

    private static CompletionStage<Boolean> later() {
        return CompletableFuture.supplyAsync(() -> true,
                CompletableFuture.delayedExecutor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS,
                        Thread::startVirtualThread));
    }

    private Written written(ObjectNode answer, boolean created) {
        var metadata = ObjectMetadata.of(answer);
        var now = LiveObjects.describe(metadata);
        var made = Manifest.of(answer);
        live.written(made.ref(), now);
        return new Written(made, now.managed() == null ? "" : now.managed(), created);
    }

    @Override
    public CompletionStage<CreateResult> create(Manifest object) {
        return Answer.later(discovery.find(object)).thenCompose(answer -> switch (answer) {
            case Answer.Refused<Optional<ResourceType>> refused -> done(notWritten(object.ref(), refused.error()));
            case Answer.Given<Optional<ResourceType>> given -> given.value()
                    .map(type -> isMisplaced(type, object.namespace())
                            ? AccountObjects.<CreateResult>done(misplaced())
                            : create(type, object))
                    .orElseGet(() -> done(unknownKind(object)));
        });
    }

    private CompletionStage<CreateResult> create(ResourceType type, Manifest object) {
        return Answer.later(api.applyNew(type, object, ApplyOptions.as(LiveObjects.MANAGER)))
                .thenCompose(answer -> switch (answer) {
                    case Answer.Refused<ObjectNode> refused -> refused.error().isConflict()
                            || refused.error().isAlreadyExists()
                                    ? look(object, refused.error())
                                    : done(notWritten(object.ref(), refused.error()));
                    case Answer.Given<ObjectNode> given -> done(written(given.value(), true));
                });
    }

    /** Not every conflict comes of an object that exists: a quota that was just counted answers one too. */
    private CompletionStage<CreateResult> look(Manifest object, ApiError conflict) {
        return remover.find(object.ref(), object.version()).thenApply(found -> switch (found) {
            case Present present -> new Existing(LiveObjects.describe(ObjectMetadata.of(present.live().json())));
            case Absent absent -> notWritten(object.ref(), conflict);
            case Refused refused -> new NotWritten(refused.message(), true);
        });
    }

    @Override
    public CompletionStage<Boolean> established(Manifest definition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        return Answer.later(discovery.find(definition))
                .thenCompose(answer -> answer instanceof Answer.Given<Optional<ResourceType>> given
                        && given.value().isPresent()
                                ? established(given.value().get(), definition, deadline)
                                : CompletableFuture.completedFuture(false));
    }

    private CompletionStage<Boolean> established(ResourceType type, Manifest definition, long deadline) {
        return Answer.later(api.get(type.at("", definition.name()))).thenCompose(answer -> {
            if (answer instanceof Answer.Given<Optional<ObjectNode>> given && given.value().isPresent()
                    && Health.of(Manifest.of(given.value().get()), Instant.now()).isCurrent()) {
                discovery.changed();
                return CompletableFuture.completedFuture(true);
            }
            if (System.nanoTime() - deadline > 0) {
                return CompletableFuture.completedFuture(false);
            }
            return later().thenCompose(any -> established(type, definition, deadline));
        });
    }

    /** Say why a write was refused, without values of the object. */
    NotWritten notWritten(ObjectRef ref, ApiError error) {
        boolean secret = ref.kind().equals("Secret") && ref.group().isEmpty() && error.isInvalid();
        // The API server quotes invalid values, and those of a Secret are nobody's business.
        String message = secret ? "is invalid: " + fields(error) : AccountRemover.message(account, error);
        return new NotWritten(message, error.isTransient() || error.isConflict());
    }

    private static String fields(ApiError error) {
        return String.join(", ",
                error.causes().stream().map(cause -> cause.field() + " (" + cause.reason() + ")").toList());
    }

    /** Tell whether an object cannot be, for want of a namespace: its kind was not known yet when it was rendered. */
    static boolean isMisplaced(ResourceType type, String namespace) {
        return type.namespaced() && namespace.isEmpty();
    }

    static NotWritten misplaced() {
        return new NotWritten("has no namespace: set metadata.namespace or spec.targetNamespace", false);
    }

    private static NotWritten unknownKind(Manifest object) {
        return new NotWritten("no matches for kind \"%s\" in version \"%s\": apply its CustomResourceDefinition first"
                .formatted(object.kind(), object.apiVersion()), true);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
