package dev.tenantry.kubernetes.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server serves: for each kind its versions, the preferred one first. */
final class Catalogue {

    static final Catalogue EMPTY = new Catalogue(List.of());

    private record GroupKind(String group, String kind) {}

    private final Map<GroupKind, List<ResourceType>> versions = new LinkedHashMap<>();

    /** Takes types in the server's order of preference; of two with the same kind and version the first one counts. */
    Catalogue(List<ResourceType> inOrderOfPreference) {
        for (ResourceType type : inOrderOfPreference) {
            versions.computeIfAbsent(new GroupKind(type.group(), type.kind()), key -> new ArrayList<>(1)).add(type);
        }
    }

    Optional<ResourceType> exact(String group, String version, String kind) {
        return versions.getOrDefault(new GroupKind(group, kind), List.of())
                .stream()
                .filter(type -> type.version().equals(version))
                .findFirst();
    }

    Optional<ResourceType> preferred(String group, String kind) {
        return versions.getOrDefault(new GroupKind(group, kind), List.of()).stream().findFirst();
    }

    List<ResourceType> all() {
        return versions.values().stream().map(List::getFirst).toList();
    }
}
