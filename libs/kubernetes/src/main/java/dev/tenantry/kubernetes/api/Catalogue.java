package dev.tenantry.kubernetes.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server serves: for each kind its versions, the preferred one first.
 *
 * <p>Some of it may be missing, where the server behind a group could not be asked.
 */
final class Catalogue {

    static final Catalogue EMPTY = new Catalogue(List.of(), Set.of());

    private record GroupKind(String group, String kind) {}

    /** Names a version of a group. */
    record GroupVersion(String group, String version) {

        @Override
        public String toString() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    private final Map<GroupKind, List<ResourceType>> versions = new LinkedHashMap<>();
    private final Set<GroupVersion> unread;

    /**
     * Takes types in the server's order of preference; of two with the same kind and version the first one counts.
     *
     * @param unread what may serve more than the types tell
     */
    Catalogue(List<ResourceType> inOrderOfPreference, Set<GroupVersion> unread) {
        this.unread = Set.copyOf(unread);
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

    /** Tells which version of a group, in any version where the given one is empty, could not be read, if one could not. */
    Optional<GroupVersion> unread(String group, String version) {
        return unread.stream()
                .filter(each -> each.group().equals(group) && (version.isEmpty() || each.version().equals(version)))
                .findFirst();
    }

    List<ResourceType> all() {
        return versions.values().stream().map(List::getFirst).toList();
    }
}
