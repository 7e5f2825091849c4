package dev.tenantry.reconciler;

import java.util.Map;
import java.util.Set;

import dev.tenantry.kubernetes.NamespacedName;

/** What replicas remember of builds beyond their lives. */
public interface BuildRecords {

    /**
     * Read what is remembered of the targets of some partitions; blocks.
     *
     * @return nothing where it cannot be read: each target then costs one build and one apply
     */
    Map<NamespacedName, RememberedBuild> load(Set<Integer> partitions);
}
