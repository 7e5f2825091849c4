package dev.tenantry.reconciler.queue;

import java.time.Duration;

/**
 * How much may run at once in this replica.
 *
 * @param total runs of all teams together
 * @param perTeam runs of a team that is alone
 * @param perTeamSharing runs of a team while somebody of another one is at work too
 * @param sharing for how long after the last run for what somebody did a team counts as at work
 */
public record Limits(int total, int perTeam, int perTeamSharing, Duration sharing) {

    public Limits {
        if (total < 1 || perTeam < 1 || perTeamSharing < 1) {
            throw new IllegalArgumentException("limits must be at least 1, but are total %d, per team %d, sharing %d"
                    .formatted(total, perTeam, perTeamSharing));
        }
    }

    /** Limit a team alike whether it is alone or not. */
    public Limits(int total, int perTeam) {
        this(total, perTeam, perTeam, Duration.ZERO);
    }
}
