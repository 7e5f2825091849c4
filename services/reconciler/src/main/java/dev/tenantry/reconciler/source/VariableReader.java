package dev.tenantry.reconciler.source;

import java.util.List;

import dev.tenantry.kubernetes.kustomize.SubstituteReference;

/** Read the ConfigMaps and Secrets that a target takes variables from. */
public interface VariableReader {

    /** Read them in order; blocks. */
    Variables read(String namespace, List<SubstituteReference> references);
}
