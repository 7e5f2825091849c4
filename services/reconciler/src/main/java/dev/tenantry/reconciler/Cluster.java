package dev.tenantry.reconciler;

import java.util.Map;
import java.util.Optional;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.ObjectWriter;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.compare.Rehearsal;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.LiveObject;
import dev.tenantry.reconciler.prune.ObjectRemover;

/** The API server as a run needs it. */
public interface Cluster {

    ObjectWriter writer(Account account);

    ObjectRemover remover(Account account);

    Rehearsal rehearsal(Account account);

    /** Tell whether an account is certainly gone for good: deleted, or its namespace is. Blocks. */
    boolean isGone(Account account);

    /** Follow the metadata of these objects' kinds from now on; blocks until what is there is known, as far as it can be. */
    void follow(Inventory inventory);

    /**
     * Read, as an account, objects of kinds that cannot be followed, so that {@link #live} tells of them too. Blocks.
     *
     * @param desired what is looked for
     * @param applied what should be there; other objects are read only where something is remembered of them
     * @return what could not be read, and why
     */
    Map<ObjectRef, NotWritten> look(Account account, Inventory desired, Inventory applied);

    /** Tell what is known of an object whose kind is followed, or that was looked at. */
    Optional<LiveObject> live(ObjectRef ref);

    /** Tell whether every change of objects of a kind is heard of. */
    boolean isFollowed(ObjectRef ref, String version);

    /** Tell whether an object is there, as far as its kind is followed. */
    Presence presence(ObjectRef ref, String version);

    /** Tell where objects of the kind live. */
    Scope scopeOf(Manifest object);

    /** Whether an object is there. */
    enum Presence {
        LIVE, MISSING,
        /** Its kind is not followed, or not yet known, by this replica. */
        UNKNOWN
    }

    /** Where objects of a kind live. */
    enum Scope {
        NAMESPACE, CLUSTER,
        /** The API server does not serve the kind, maybe not yet. */
        UNKNOWN,
        /** The API server could not be asked. */
        UNREADABLE
    }
}
