package dev.tenantry.gitwatcher;

import java.time.Duration;
import java.time.Instant;

import dev.tenantry.gitwatcher.poll.Work;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/**
 * Tell of a look at a source, once its status is written.
 *
 * @param source the object as it was before
 * @param work why and since when it was looked at
 * @param outcome what came of it
 * @param written the status that the object has now
 * @param fetch how long the remote and the packing took
 * @param endedAt when the status was written
 */
public record Observation(Source source, Work work, Outcome outcome, GitRepositoryStatus written, Duration fetch,
        Instant endedAt) {

    /** Tell whether the source's condition is news: another revision, another failure, or a failure's end. */
    public boolean isNews() {
        return outcome instanceof Outcome.Ready ready && ready.fresh()
                || !Statuses.readiness(source.status()).equals(Statuses.readiness(written));
    }
}
