package dev.tenantry.reconciler.prune;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.plan.LiveObject;

/** Read and delete objects as one account; refusals of the API server are results, never exceptions. */
public interface ObjectRemover {

    /** Tell what watches know of an object; it may have changed since. */
    Optional<LiveObject> known(ObjectRef ref);

    /** Read an object's metadata. */
    CompletionStage<Found> find(ObjectRef ref, String version);

    /** Delete exactly this object in exactly this state; its dependents go in the background. */
    CompletionStage<Removal> delete(Manifest live);

    /**
     * Delete an object only if it still is as watches told; its dependents go in the background.
     *
     * @param version under which it was applied, which may be served no more
     */
    CompletionStage<Removal> delete(ObjectRef ref, String version, LiveObject known);

    /** What a read answered. */
    sealed interface Found {}

    /** @param live its apiVersion, kind and metadata */
    record Present(Manifest live) implements Found {}

    /** Neither the object nor, maybe, its kind exists. */
    record Absent() implements Found {}

    /** What a delete answered. */
    sealed interface Removal {}

    /** It is gone, or on its way. */
    record Deleted() implements Removal {}

    /** It has been changed or made anew since it was read or told of, or a read is needed to say how it is served. */
    record Changed() implements Removal {}

    /**
     * @param message why the API server refused a read or a delete, and what to do
     * @param forbidden whether for want of a right, the account's or ours to act as the account
     */
    record Refused(String message, boolean forbidden) implements Found, Removal {}
}
