package dev.tenantry.secretsservice;

import java.util.List;

import dev.tenantry.secretsservice.key.Fingerprint;

/** What came of one attempt to make a SealedSecret's Secret. No message holds a word of a value. */
public sealed interface Outcome {

    /**
     * The Secret is as the SealedSecret says.
     *
     * @param sealedWith the keys that its values were sealed with
     */
    record Synced(Change change, List<Fingerprint> sealedWith) implements Outcome {}

    /**
     * It cannot be made until the SealedSecret, the keys or the Secret in its place change.
     *
     * @param reason in PascalCase
     * @param message what, why and what to do
     * @param items the keys of its data that are concerned; may be empty
     */
    record Failed(Step step, String reason, String message, List<String> items) implements Outcome {}

    /** It could not be made now, and is tried again. */
    record Waiting(Step step, String reason, String message) implements Outcome {}

    /** What was done to the Secret. */
    enum Change {
        CREATED, UPDATED, NONE
    }

    /** Where it failed, by the words of the original controller's metric. */
    enum Step {
        UNSEAL("unseal"), UNMANAGED("unmanaged"), UPDATE("update");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
