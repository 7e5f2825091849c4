package dev.tenantry.kubernetes.watch;

import dev.tenantry.kubernetes.api.ApiException;

/**
 * Take what happens to the watched objects, one call at a time and in order, on virtual threads.
 *
 * <p>While a call runs, nothing further is read: hand long work on. An exception thrown by a call is reported to
 * {@link #interrupted} and makes the watch list all objects again after a pause, so that the event is not lost.
 *
 * @param <T> what is told of an object
 */
public interface WatchListener<T> {

    /** Take an object that was not known before: at the start, or new. */
    void added(T object);

    /** Take an object that changed; its uid is another one when it was replaced while the watch was cut. */
    void modified(T object);

    /**
     * Take an object that is gone, or does not match the selector any more.
     *
     * <p>When it went while the watch was cut, only its name is told (see {@link ObjectMetadata#uid()}).
     */
    void deleted(T object);

    /** Take notice that all objects there are were told: after the start, and again after each relisting. */
    default void synced() {}

    /**
     * Take notice of the same, with the version of the list: whatever it did not hold was not there then.
     *
     * @param resourceVersion compares with those of the objects
     */
    default void synced(String resourceVersion) {
        synced();
    }

    /**
     * Take notice that the watch is cut and will be tried again by itself, with growing pauses; throw nothing.
     *
     * @param cause why; {@link ApiException#errorOf} tells what the server said
     */
    default void interrupted(Throwable cause) {}
}
