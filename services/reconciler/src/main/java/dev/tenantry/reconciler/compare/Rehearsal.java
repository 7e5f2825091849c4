package dev.tenantry.reconciler.compare;

import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.plan.LiveObject;

/**
 * Read objects and try applies as one account, without changing anything; refusals of the API server are results, never
 * exceptions.
 */
public interface Rehearsal {

    /** Read an object as it is now. */
    CompletionStage<Found> read(ObjectRef ref, String version);

    /** Find out what an object would be after it is applied, with all that the API server adds. */
    CompletionStage<Tried> apply(Manifest object);

    /** What a read answered. */
    sealed interface Found {}

    /** @param live what of it counts for a plan */
    record Present(Manifest object, LiveObject live) implements Found {}

    /** Neither the object nor, maybe, its kind exists. */
    record Absent() implements Found {}

    /** @param message why the account may not read it, and what to do */
    record Unread(String message) implements Found {}

    /** What an apply would answer. */
    sealed interface Tried {}

    /** @param object as it would be */
    record Accepted(Manifest object) implements Tried {}

    /** @param missing what has to be there before the API server can tell: its kind or its namespace */
    record Untried(String missing) implements Tried {}

    /** @param message what is wrong and what to do */
    record Refused(String message) implements Tried {}
}
