package dev.tenantry.reconciler;

import java.util.Map;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.build.RecordedInputs;
import dev.tenantry.reconciler.plan.Applied;

/**
 * What outlives a replica of a build that was applied to the end.
 *
 * @param key stands for fields, variables and worker
 * @param digest stands for the objects
 */
public record RememberedBuild(String key, String revision, RecordedInputs inputs, String digest,
        Map<ObjectRef, Applied> applied) {}
