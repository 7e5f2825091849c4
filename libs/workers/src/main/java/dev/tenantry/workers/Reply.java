package dev.tenantry.workers;

import java.util.Arrays;

/** How a worker ended a job. After any other than {@link Answered} the worker is gone. */
public sealed interface Reply {

    /** The worker did the job, or said why it could not. */
    record Answered(Frame frame) implements Reply {

        private static final int RETIRE = 1;

        /** Tell whether the job changed the worker for good, so that it must do no other. */
        boolean retire() {
            return (frame.payload()[0] & RETIRE) != 0;
        }

        /** Tell whether the body says why the job could not be done, and not what came of it. */
        public boolean failed() {
            return frame.type() == Frame.FAILURE;
        }

        /** Give the payload after the flags. */
        public byte[] body() {
            return Arrays.copyOfRange(frame.payload(), 1, frame.payload().length);
        }
    }

    /** The worker was killed since the job took too long. */
    record TimedOut() implements Reply {}

    /** The worker ended itself since the job took too much memory. */
    record OutOfMemory() implements Reply {}

    /**
     * The worker died.
     *
     * @param lastWords the end of what it wrote to stderr, at most 4,096 characters
     */
    record Crashed(int exitCode, String lastWords) implements Reply {}
}
