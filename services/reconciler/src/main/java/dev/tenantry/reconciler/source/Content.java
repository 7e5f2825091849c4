package dev.tenantry.reconciler.source;

import dev.tenantry.reconciler.build.SourceTree;

/** The files of a revision, or why they cannot be had now. */
public sealed interface Content {

    record Available(SourceTree tree) implements Content {}

    /** @param message what is wrong and what happens next */
    record Unavailable(String message) implements Content {}
}
