package dev.tenantry.workers;

import java.io.IOException;
import java.util.Optional;

/** Answer what a worker asks in the middle of a job. */
@FunctionalInterface
public interface Respondent {

    /**
     * Answer a frame; nothing is sent to one that wants no answer.
     *
     * @throws IOException when the frame cannot belong to the job, which ends the worker
     */
    Optional<Frame> respond(Frame question) throws IOException;
}
