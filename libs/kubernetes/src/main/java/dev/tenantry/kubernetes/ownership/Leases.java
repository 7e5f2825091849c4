package dev.tenantry.kubernetes.ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a service's Lease is; every method may throw what the API client throws. */
interface Leases {

    /** Read the Lease, or empty if there is none. */
    Optional<HeldLease> read();

    /**
     * Take or renew the Lease, on condition that it still is as it was read.
     *
     * @param found the Lease as it was read, or empty to create it
     * @return false if another replica was faster
     */
    boolean write(Optional<HeldLease> found, String holder, Duration duration, Instant now);

    /** Give the Lease back, if it still is as it was read. */
    void release(HeldLease held);
}
