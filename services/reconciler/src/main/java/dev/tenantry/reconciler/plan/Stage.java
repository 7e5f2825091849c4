package dev.tenantry.reconciler.plan;

import java.util.Set;

import dev.tenantry.kubernetes.ObjectRef;

/** The order in which kinds are applied; what a later stage holds may need what an earlier one made. */
public enum Stage {
    /** What gives other objects their kind, their place or their rights. */
    DEFINITIONS,
    /** What other objects name as their class. */
    CLASSES,
    /** Everything else. */
    REST,
    /** What may refuse or change everything else, and may need some of it to answer. */
    ADMISSION;

    private static final Set<String> DEFINITION_KINDS = Set.of("CustomResourceDefinition", "Namespace", "ClusterRole");

    public static Stage of(ObjectRef ref) {
        if (KindOrder.LATE.contains(ref.kind())) {
            return ADMISSION;
        }
        if (DEFINITION_KINDS.contains(ref.kind())) {
            return DEFINITIONS;
        }
        return ref.kind().endsWith("Class") ? CLASSES : REST;
    }
}
