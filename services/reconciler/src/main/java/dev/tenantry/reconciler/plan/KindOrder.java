package dev.tenantry.reconciler.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tenantry.kubernetes.ObjectRef;

/**
 * The order in which the kinds of one stage are applied, much as kustomize can sort them, and in whose reverse they are
 * pruned: what limits, permits and configures workloads comes before them, what may refuse everything else at the very
 * last.
 */
public final class KindOrder {

    private static final List<String> EARLY = List.of("Namespace", "ResourceQuota", "StorageClass",
            "CustomResourceDefinition", "ServiceAccount", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding",
            "NetworkPolicy", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass",
            "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob",
            "PodDisruptionBudget");
    static final List<String> LATE = List.of("MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration");
    private static final Map<String, Integer> RANKS = ranks();

    /** Objects of one rank stay as they were given. */
    public static final Comparator<ObjectRef> OF_APPLY = Comparator
            .comparingInt(ref -> RANKS.getOrDefault(ref.kind(), EARLY.size()));

    private KindOrder() {}

    private static Map<String, Integer> ranks() {
        var ranks = new HashMap<String, Integer>();
        EARLY.forEach(kind -> ranks.put(kind, ranks.size()));
        LATE.forEach(kind -> ranks.put(kind, ranks.size() + 1));
        return ranks;
    }
}
