package dev.tenantry.gitwatcher.poll;

import java.time.Instant;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * Hold the exclusive right to look at a source, until {@link Schedule#finished} gives it back.
 *
 * @param source the source
 * @param trigger the first of the requests that this look answers
 * @param startedAt when the look began: whatever was pushed before is seen by it
 */
public record Work(NamespacedName source, Trigger trigger, Instant startedAt) {}
