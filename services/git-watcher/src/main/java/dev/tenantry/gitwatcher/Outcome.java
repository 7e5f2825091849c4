package dev.tenantry.gitwatcher;

import dev.tenantry.git.Commit;
import dev.tenantry.kubernetes.meta.Artifact;

/** What came of a look at a source; turned into conditions, events, metrics and the next look in one place each. */
public sealed interface Outcome {

    /**
     * The source is at the revision that its remote has.
     *
     * @param artifact what its status says of the revision
     * @param commit the revision's commit
     * @param treeId the git id of the commit's tree
     * @param fresh whether revision or content differ from what the status said before
     */
    record Ready(Artifact artifact, Commit commit, String treeId, boolean fresh) implements Outcome {}

    /** Only a change of the object helps. */
    record Stalled(String reason, String message) implements Outcome {}

    /** It may work another time; what was fetched before stays available. */
    record Failed(String reason, String message) implements Outcome {}
}
