package dev.tenantry.reconciler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.kustomize.KustomizationSpec;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.inventory.InventoryLayout;

/**
 * A Kustomization as it was last read from the API server.
 *
 * @param name namespace and name
 * @param metadata what the API server keeps about the object
 * @param spec what is wanted
 * @param status what an earlier run wrote
 * @param unreadable what cannot be read of it, each with why; in the place of fields are values to do no harm by
 * @param stored the status as the API server has it, where parts of its inventory are in further objects
 */
public record Target(NamespacedName name, Metadata metadata, KustomizationSpec spec, KustomizationStatus status,
        List<String> unreadable, KustomizationStatus stored) {

    public static final String KIND = "Kustomization";
    public static final String GROUP = "kustomize.toolkit.fluxcd.io";
    public static final String API_VERSION = GROUP + "/v1";
    public static final String FINALIZER = "finalizers.fluxcd.io";

    /** The annotation by which clients ask for a run; each new value is a new request. */
    public static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";
    private static final String ALLOW_EMPTY = "tenantry.dev/allow-empty";

    public Target {
        unreadable = List.copyOf(unreadable);
    }

    /** Give a target as the API server has it. */
    public Target(NamespacedName name, Metadata metadata, KustomizationSpec spec, KustomizationStatus status,
            List<String> unreadable) {
        this(name, metadata, spec, status, unreadable, status);
    }

    /** Give a target of which everything can be read. */
    public Target(NamespacedName name, Metadata metadata, KustomizationSpec spec, KustomizationStatus status) {
        this(name, metadata, spec, status, List.of());
    }

    /**
     * What the API server keeps about the object.
     *
     * @param uid the object's uid
     * @param resourceVersion its version; newer ones are greater
     * @param generation counts the changes of the spec
     * @param deleting whether its deletion was asked for
     * @param finalizers who holds it
     * @param annotations its annotations
     */
    public record Metadata(String uid, String resourceVersion, long generation, boolean deleting,
            List<String> finalizers,
            Map<String, String> annotations) {

        /** Tell whether it went by the write that this version came of: nobody's finalizer holds it any more. */
        public boolean gone() {
            return deleting && finalizers.isEmpty();
        }

        /** Tell whether our finalizer holds it. */
        public boolean finalized() {
            return finalizers.contains(FINALIZER);
        }
    }

    /** Name the objects in which the inventory goes on, if they were not read yet. */
    public List<String> inventoryParts() {
        return InventoryLayout.partsIn(name, status.inventory());
    }

    /** Give the same target with its whole inventory in the status. */
    public Target withInventory(Inventory whole) {
        return new Target(name, metadata, spec, status.withInventory(whole.written()), unreadable, stored);
    }

    /** Give the same target with one more reason not to act on it. */
    public Target unreadableFor(String reason) {
        return new Target(name, metadata, spec, status,
                Stream.concat(unreadable.stream(), Stream.of(reason)).toList(), stored);
    }

    public NamespacedName source() {
        return spec.sourceRef().from(name.namespace());
    }

    public Conditions conditions() {
        return new Conditions(status.conditions());
    }

    /** Tell whether the last run made it ready and the spec has not changed since. */
    public boolean isReady() {
        return conditions().isTrue(ConditionType.READY) && isObserved();
    }

    /** Tell whether a run has seen the spec as it is. */
    public boolean isObserved() {
        return status.observedGeneration() != null && status.observedGeneration() == metadata.generation();
    }

    /** Give the token of a request for a run that no run has answered yet. */
    public Optional<String> pendingRequest() {
        return requestedAt().filter(token -> !token.equals(status.lastHandledReconcileAt()));
    }

    /** Give the token of the newest request for a run. */
    public Optional<String> requestedAt() {
        return Optional.ofNullable(metadata.annotations().get(REQUESTED_AT)).filter(token -> !token.isEmpty());
    }

    /** Tell whether a render without objects may delete everything that was applied. */
    public boolean allowsEmpty() {
        return "true".equals(metadata.annotations().get(ALLOW_EMPTY));
    }

    /** Say in a message what has to be repaired before anything may be done for this target, if something has. */
    public Optional<String> flaw() {
        if (!unreadable.isEmpty()) {
            return Optional.of("nothing is applied until this can be read: " + String.join("; ", unreadable));
        }
        return inventoryFlaw();
    }

    /** Say what of the inventory has to be repaired before anything may be pruned by it, if something has. */
    public Optional<String> inventoryFlaw() {
        List<String> parts = inventoryParts();
        if (!parts.isEmpty()) {
            return Optional.of("the inventory goes on in further objects that cannot be read: "
                    + String.join("; ", unreadable.isEmpty() ? parts : unreadable));
        }
        Inventory inventory = Inventory.of(status);
        return inventory.isReadable()
                ? Optional.empty()
                : Optional.of(inventory.unreadable()
                        .stream()
                        .map(entry -> "'" + entry.id() + "'")
                        .collect(Collectors.joining(", ", "entries of status.inventory name no object: ",
                                "; correct or remove them by kubectl edit --subresource=status")));
    }

    /** Tell whether what is to be done is, or can be, another than by an earlier version. */
    boolean asksOtherwiseThan(Target before) {
        return before.metadata.generation != metadata.generation || !before.metadata.uid.equals(metadata.uid)
                || before.allowsEmpty() != allowsEmpty() || before.flaw().isPresent() && flaw().isEmpty();
    }

    /** Tell whether this version of the object is newer than another one. */
    public boolean isNewerThan(@Nullable Target other) {
        return other == null || !metadata.uid.equals(other.metadata.uid)
                || Long.parseLong(metadata.resourceVersion) > Long.parseLong(other.metadata.resourceVersion);
    }
}
