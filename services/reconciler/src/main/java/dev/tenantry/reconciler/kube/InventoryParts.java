package dev.tenantry.reconciler.kube;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.DeleteOptions;
import dev.tenantry.kubernetes.api.ListQuery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.kubernetes.kustomize.InventoryPart;
import dev.tenantry.reconciler.StatusWriter.Read;
import dev.tenantry.reconciler.StatusWriter.Reading;
import dev.tenantry.reconciler.StatusWriter.Unread;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.apply.InFlight;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.inventory.InventoryLayout;

/**
 * The objects in which inventories go on that their statuses cannot hold.
 * <p>
 * A part is made before the status names it, and deleted after the status names it no more, so that at any moment all
 * that a status names is there. What a kill in between leaves behind goes when the parts are read the next time, or with
 * the Kustomization, which owns them.
 */
final class InventoryParts {

    static final ResourceType TYPE = ResourceType.namespaced(InventoryPart.GROUP, InventoryPart.VERSION,
            InventoryPart.KIND, "inventoryparts");
    static final String KUSTOMIZATION = "tenantry.dev/kustomization";

    private static final Logger LOGGER = LoggerFactory.getLogger(InventoryParts.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RENEWED = "tenantry.dev/renewed-at";
    /** Another replica's run that was about to name a part has ended by then. */
    private static final Duration LONGEST_RUN = Duration.ofHours(1);

    private final ObjectApi api;
    private final Clock clock;
    private final InFlight requests = new InFlight(4);
    private final Map<NamespacedName, Map<String, Part>> known = new ConcurrentHashMap<>();

    InventoryParts(ObjectApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** @param entries what it holds; its name stands for them, so this never changes */
    private record Part(String uid, String resourceVersion, List<InventoryEntry> entries) {}

    /** Put all entries into the status of a target. */
    Reading complete(Target target) {
        List<String> names = target.inventoryParts();
        if (names.isEmpty()) {
            return new Read(target);
        }
        Map<String, Part> parts = parts(target.name());
        if (!parts.keySet().containsAll(names)) {
            Optional<ApiError> refused = load(target, Set.copyOf(names));
            if (refused.isPresent()) {
                return new Unread("InventoryPart: " + refused.get().message());
            }
        }
        List<String> missing = names.stream().filter(name -> !parts.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            return new Read(target.unreadableFor("""
                    status.inventory goes on in InventoryPart %s, which is gone or was changed: restore it, or give up \
                    what it named by removing its entry by kubectl edit --subresource=status"""
                    .formatted(String.join(", ", missing))));
        }
        Set<String> markers = Set.copyOf(names);
        Stream<InventoryEntry> inStatus = target.status()
                .inventory()
                .entries()
                .stream()
                .filter(entry -> !isPart(entry, markers));
        Stream<InventoryEntry> inParts = names.stream().flatMap(name -> parts.get(name).entries().stream());
        return new Read(target.withInventory(Inventory.ofEntries(Stream.concat(inStatus, inParts).toList())));
    }

    private static boolean isPart(InventoryEntry entry, Set<String> names) {
        return entry.id().contains(InventoryPart.KIND) && names.contains(entry.object().name());
    }

    private Map<String, Part> parts(NamespacedName target) {
        return known.computeIfAbsent(target, any -> new ConcurrentHashMap<>());
    }

    /** Read all parts of a target; those that no status names are left over from a kill, and go. */
    private Optional<ApiError> load(Target target, Set<String> named) {
        NamespacedName name = target.name();
        var query = ListQuery.in(name.namespace()).labelled(KUSTOMIZATION + "=" + name.name());
        return switch (Answer.of(api.listAll(TYPE, query))) {
            case Answer.Refused<List<ObjectNode>> refused -> Optional.of(refused.error());
            case Answer.Given<List<ObjectNode>> given -> {
                var stale = new HashMap<String, Part>();
                for (ObjectNode object : given.value()) {
                    Part part = read(object);
                    String partName = object.at("/metadata/name").asText();
                    if (named.contains(partName)) {
                        if (InventoryLayout.nameOf(target.metadata().uid(), part.entries()).equals(partName)) {
                            parts(name).put(partName, part);
                        }
                    } else if (isOld(object)) {
                        stale.put(partName, part);
                    }
                }
                delete(name, stale);
                yield Optional.empty();
            }
        };
    }

    private boolean isOld(ObjectNode object) {
        String created = object.at("/metadata/creationTimestamp").asText();
        String renewed = object.at("/metadata/annotations").path(RENEWED).asText(created);
        return Instant.parse(renewed).plus(LONGEST_RUN).isBefore(clock.instant());
    }

    private static Part read(ObjectNode object) {
        var entries = new ArrayList<InventoryEntry>();
        for (JsonNode entry : object.at("/spec/entries")) {
            entries.add(new InventoryEntry(entry.path("id").asText(), entry.path("v").asText()));
        }
        return new Part(object.at("/metadata/uid").asText(), object.at("/metadata/resourceVersion").asText(), entries);
    }

    /** Make the parts that the stored status of a target does not name already; blocks. */
    Optional<ApiError> make(Target target, SortedMap<String, List<InventoryEntry>> parts) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Set<String> there = Set
                .copyOf(InventoryLayout.partsIn(target.name(), target.stored().inventory()));
        var missing = parts.keySet().stream().filter(name -> !there.contains(name)).toList();
        var made = requests.each(missing, name -> {
            ObjectNode object = object(target, name, parts.get(name));
            return Answer.later(api.create(TYPE, target.name().namespace(), object));
        });
        for (int i = 0; i < missing.size(); i++) {
            String name = missing.get(i);
            Answer<ObjectNode> answer = made.get(i);
            if (answer instanceof Answer.Refused<ObjectNode> refused && refused.error().isAlreadyExists()) {
                // Left over; renewed, so that who is about to delete it finds another version.
                ObjectNode object = object(target, name, parts.get(name));
                object.withObjectProperty("metadata").putObject("annotations").put(RENEWED, clock.instant().toString());
                answer = Answer.of(api.patch(TYPE.at(target.name().namespace(), name), Patch.merge(object)));
            }
            switch (answer) {
                case Answer.Refused<ObjectNode> refused -> {
                    return Optional.of(refused.error());
                }
                case Answer.Given<ObjectNode> given -> parts(target.name()).put(name, read(given.value()));
            }
        }
        return Optional.empty();
    }

    private static ObjectNode object(Target target, String name, List<InventoryEntry> entries) {
        ObjectNode object = Manifest.skeleton(TYPE.apiVersion(), InventoryPart.KIND,
                new NamespacedName(target.name().namespace(), name));
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.putObject("labels").put(KUSTOMIZATION, target.name().name());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", Target.API_VERSION)
                .put("kind", Target.KIND)
                .put("name", target.name().name())
                .put("uid", target.metadata().uid());
        object.putObject("spec").set("entries", JSON.valueToTree(entries));
        return object;
    }

    /** Delete the parts that a status named before and names no more; blocks. */
    void drop(Target before, Target now) {
        Set<String> named = Set.copyOf(InventoryLayout.partsIn(now.name(), now.stored().inventory()));
        Map<String, Part> parts = parts(now.name());
        delete(now.name(), InventoryLayout.partsIn(before.name(), before.stored().inventory())
                .stream()
                .filter(name -> !named.contains(name) && parts.containsKey(name))
                .collect(Collectors.toMap(Function.identity(), parts::get)));
        parts.keySet().retainAll(named);
    }

    private void delete(NamespacedName target, Map<String, Part> parts) {
        requests.each(parts.entrySet(), each -> Answer.later(api.delete(TYPE.at(target.namespace(), each.getKey()),
                DeleteOptions.onlyIf(each.getValue().uid(), each.getValue().resourceVersion()))))
                .forEach(answer -> {
                    if (answer instanceof Answer.Refused<?> refused) {
                        LOGGER.warn("a part of an inventory is left over name={} cause={}", target,
                                refused.error().message());
                    }
                });
    }

    void forget(NamespacedName target) {
        known.remove(target);
    }
}
