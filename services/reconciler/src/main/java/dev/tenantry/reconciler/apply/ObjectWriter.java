package dev.tenantry.reconciler.apply;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.reconciler.plan.LiveObject;

/** Write objects as one account; refusals of the API server are results, never exceptions. */
public interface ObjectWriter {

    /** Apply an object that exists server-side, and take over the fields that it sets. */
    CompletionStage<WriteResult> apply(Manifest object);

    /** Make an object where there is none of its name, whoever made it; one that exists is left exactly as it is. */
    CompletionStage<CreateResult> create(Manifest object);

    /**
     * Wait until a CustomResourceDefinition serves its kind.
     *
     * @return false where it does not within the time
     */
    CompletionStage<Boolean> established(Manifest definition, Duration limit);

    /** What became of a write. */
    sealed interface WriteResult {}

    /** What became of a write that makes an object or does nothing. */
    sealed interface CreateResult {}

    /**
     * The object is in the cluster as it was sent.
     *
     * @param live the whole object as the API server answered
     * @param managed hash of our entry in its {@code metadata.managedFields}
     * @param created whether this write made it
     */
    record Written(Manifest live, String managed, boolean created) implements WriteResult, CreateResult {}

    /** The object exists already, and its marker asks for no more. */
    record Kept() implements WriteResult {}

    /**
     * The object exists already, and another live Kustomization has it.
     *
     * @param owner which
     */
    record Taken(NamespacedName owner) implements WriteResult {}

    /** There is an object of the name. */
    record Existing(LiveObject live) implements CreateResult {}

    /**
     * The object was not written.
     *
     * @param message what is wrong and what to do, without values of the object
     * @param transitory whether the same write may succeed later without a change in the source
     */
    record NotWritten(String message, boolean transitory) implements WriteResult, CreateResult {}
}
