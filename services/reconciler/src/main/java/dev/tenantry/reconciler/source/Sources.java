package dev.tenantry.reconciler.source;

import dev.tenantry.kubernetes.NamespacedName;

/** Find what sources offer, and read it. */
public interface Sources {

    /** Tell what a source offers, from what is known of it here. */
    Resolution resolve(NamespacedName source);

    /** Open the files of a revision; blocks while they are fetched. */
    Content open(SourceRevision revision);
}
