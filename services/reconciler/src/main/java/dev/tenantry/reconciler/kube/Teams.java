package dev.tenantry.reconciler.kube;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The team of each namespace: by the namespace's label, else the namespace is a team of its own. */
final class Teams {

    private static final String LABEL = "tenantry.dev/team";

    private final Map<String, String> byNamespace = new ConcurrentHashMap<>();

    void seen(String namespace, Map<String, String> labels) {
        String team = labels.get(LABEL);
        if (team == null || team.isEmpty()) {
            byNamespace.remove(namespace);
        } else {
            byNamespace.put(namespace, team);
        }
    }

    void gone(String namespace) {
        byNamespace.remove(namespace);
    }

    String of(String namespace) {
        return byNamespace.getOrDefault(namespace, namespace);
    }
}
