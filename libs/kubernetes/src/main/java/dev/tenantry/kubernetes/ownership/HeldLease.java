package dev.tenantry.kubernetes.ownership;

import java.time.Duration;
import java.util.Optional;

/**
 * A Lease as it was read.
 *
 * @param holder who has it, or empty if it was given back
 * @param duration how long it holds without renewal
 * @param resourceVersion its version, which changes with each renewal
 */
record HeldLease(Optional<String> holder, Duration duration, String resourceVersion) {

    boolean heldBy(String identity) {
        return holder.filter(identity::equals).isPresent();
    }
}
