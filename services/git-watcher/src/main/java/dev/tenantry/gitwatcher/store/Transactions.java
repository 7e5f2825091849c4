package dev.tenantry.gitwatcher.store;

/** The transactions in which the history is written. */
interface Transactions {

    /** What came of a transaction. */
    sealed interface Result {

        /** It is committed. */
        record Written() implements Result {}

        /** What was to be written is wrong: no other try can help. */
        record Refused(RuntimeException cause) implements Result {}

        /** Postgres does not answer, or takes nothing now. */
        record Away() implements Result {}
    }

    /** Tell whether the schema is there and Postgres, when it did not answer last, does again. */
    boolean isReady();

    /** Write in a transaction. */
    Result write(Runnable work);
}
