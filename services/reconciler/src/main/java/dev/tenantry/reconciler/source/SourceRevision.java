package dev.tenantry.reconciler.source;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;

/**
 * What a source offers now.
 *
 * @param source the GitRepository
 * @param uid its uid
 * @param revision as its status says, such as {@code main@sha1:…}
 * @param ignore the patterns of its {@code spec.ignore}; null where it has none
 */
public record SourceRevision(NamespacedName source, String uid, String revision, @Nullable String ignore) {}
