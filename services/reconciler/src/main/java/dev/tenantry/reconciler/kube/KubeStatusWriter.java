package dev.tenantry.reconciler.kube;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ObjectPath;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.kustomize.Inventory;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.StatusWriter;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.InventoryLayout;

/** Write statuses and finalizers to the API server, only as long as nobody else writes the status. */
final class KubeStatusWriter implements StatusWriter {

    static final ResourceType TYPE = ResourceType.namespaced(Target.GROUP, "v1", Target.KIND, "kustomizations");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANAGER = "kustomize-controller";
    /** Others may write to the object all the time, to its annotations for instance. */
    private static final int TRIES = 5;

    private final ObjectApi api;
    private final InventoryLayout layout;
    private final InventoryParts parts;
    private final Consumer<Target> written;

    /** @param written is told each version that a write made, before the watch tells it */
    KubeStatusWriter(ObjectApi api, InventoryLayout layout, InventoryParts parts, Consumer<Target> written) {
        this.api = api;
        this.layout = layout;
        this.parts = parts;
        this.written = written;
    }

    @Override
    public Reading complete(Target target) {
        return parts.complete(target);
    }

    @Override
    public void forget(NamespacedName target) {
        parts.forget(target);
    }

    @Override
    public Result write(Target target, KustomizationStatus status) {
        KustomizationStatus stored = status;
        // An inventory of which parts could not be read stays as it is.
        if (status.inventory() != null && InventoryLayout.partsIn(target.name(), status.inventory()).isEmpty()) {
            var division = layout.divide(target.name(), target.metadata().uid(), status.inventory().entries());
            Optional<ApiError> refused = parts.make(target, division.parts());
            if (refused.isPresent()) {
                return new Unsaved("a part of the inventory: " + refused.get().message());
            }
            stored = status.withInventory(new Inventory(division.inStatus()));
        }
        ObjectNode fields = changes(JSON.valueToTree(target.stored()), JSON.valueToTree(stored));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("status", fields);
        Result result = patch(target, current -> Patch.merge(body).onStatus());
        if (result instanceof Saved saved) {
            parts.drop(target, saved.target());
        }
        return result;
    }

    @Override
    public Result finalizer(Target target) {
        return patch(target, current -> finalizers(
                Stream.concat(current.metadata().finalizers().stream(), Stream.of(Target.FINALIZER))));
    }

    @Override
    public Result release(Target target) {
        return patch(target, current -> finalizers(
                current.metadata().finalizers().stream().filter(finalizer -> !finalizer.equals(Target.FINALIZER))));
    }

    private static Patch finalizers(Stream<String> finalizers) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putObject("metadata").putArray("finalizers");
        finalizers.forEach(list::add);
        return Patch.merge(body);
    }

    /** Make a merge patch of what is new, which takes away what is not there any more. */
    private static ObjectNode changes(ObjectNode before, ObjectNode after) {
        before.properties().forEach(field -> {
            if (field.getValue().equals(after.get(field.getKey()))) {
                after.remove(field.getKey());
            } else if (!after.has(field.getKey())) {
                after.putNull(field.getKey());
            }
        });
        return after;
    }

    private Result patch(Target target, Function<Target, Patch> patch) {
        ObjectPath path = TYPE.at(target.name().namespace(), target.name().name());
        Target current = target;
        for (int i = 0; i < TRIES; i++) {
            Patch next = patch.apply(current).by(MANAGER).onlyIf(current.metadata().resourceVersion());
            switch (Answer.of(api.patch(path, next))) {
                case Answer.Given<ObjectNode> given -> {
                    Target now = TargetReader.read(given.value());
                    if (!now.metadata().gone()) {
                        // A version that is the last one would bring back what the watch may have told to be gone.
                        written.accept(now);
                    }
                    return new Saved(completed(now));
                }
                case Answer.Refused<ObjectNode> refused -> {
                    ApiError error = refused.error();
                    if (error.isNotFound()) {
                        return new Superseded("the object is gone");
                    }
                    if (!error.isConflict()) {
                        return new Unsaved(error.message());
                    }
                }
            }
            switch (Answer.of(api.get(path))) {
                case Answer.Refused<Optional<ObjectNode>> refused -> {
                    return new Unsaved(refused.error().message());
                }
                case Answer.Given<Optional<ObjectNode>> given -> {
                    if (given.value().isEmpty()) {
                        return new Superseded("the object is gone");
                    }
                    Target now = TargetReader.read(given.value().get());
                    if (!now.metadata().uid().equals(target.metadata().uid())
                            || !now.stored().equals(current.stored())) {
                        return new Superseded("another replica has written the status");
                    }
                    current = now;
                }
            }
        }
        return new Unsaved("the object changes all the time");
    }

    /** What was written is known here; a target of which it is not is nothing to act on. */
    private Target completed(Target stored) {
        return parts.complete(stored) instanceof Read read ? read.target() : stored;
    }
}
