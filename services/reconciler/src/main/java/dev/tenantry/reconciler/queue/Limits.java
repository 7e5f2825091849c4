package dev.tenantry.reconciler.queue;

/**
 * How much may run at once in this replica.
 *
 * @param total runs of all teams together
 * @param perTeam runs of one team
 */
public record Limits(int total, int perTeam) {

    public Limits {
        if (total < 1 || perTeam < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1, but are total " + total + ", per team " + perTeam);
        }
    }
}
