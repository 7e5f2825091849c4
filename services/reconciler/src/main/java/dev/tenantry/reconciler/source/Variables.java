package dev.tenantry.reconciler.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** The variables that a target takes from ConfigMaps and Secrets. */
public sealed interface Variables {

    Resolved NONE = new Resolved(Map.of(), List.of(), Set.of());

    /**
     * All references were found.
     *
     * @param values by name; later references win
     * @param origins what they were read from, in the order of the spec
     * @param secrets the names of those that came from Secrets, whose values are never to be shown
     */
    record Resolved(Map<String, String> values, List<Origin> origins, Set<String> secrets) implements Variables {

        /** Give the values that are never to be shown. */
        public Set<String> secretValues() {
            return secrets.stream().map(values::get).collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return "Variables" + origins;
        }
    }

    /** A reference that is not optional leads nowhere, or to something that cannot be used. */
    record Unresolved(String message) implements Variables {}

    /**
     * A ConfigMap or Secret in one state.
     *
     * @param uid null where it is optional and absent
     * @param resourceVersion null where it is optional and absent
     */
    record Origin(String kind, String name, @Nullable String uid, @Nullable String resourceVersion) {}
}
