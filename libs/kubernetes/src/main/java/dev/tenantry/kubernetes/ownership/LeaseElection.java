package dev.tenantry.kubernetes.ownership;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.tenantry.kubernetes.NamespacedName;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Tries for the service's Lease while there is no broker, and gives it back when there is one.
 *
 * <p>The rules are client-go's: a holder renews every {@code retry}; another may take the Lease when it saw no renewal
 * for the Lease's duration by its own clock, so clocks need not agree; a holder that could not renew for
 * {@code duration - 2 × retry} stops believing in it before others may take it.
 */
public final class LeaseElection implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(LeaseElection.class.getName());

    /**
     * The durations of an election.
     *
     * @param duration how long a Lease holds without renewal, in whole seconds
     * @param retry how often it is tried for and renewed
     */
    record Timing(Duration duration, Duration retry) {

        /** 15 s and 2 s, as Kubernetes' own controllers have. */
        static final Timing DEFAULT = new Timing(Duration.ofSeconds(15), Duration.ofSeconds(2));

        Timing {
            if (duration.compareTo(retry.multipliedBy(3)) < 0) {
                throw new IllegalArgumentException("a Lease of " + duration + " cannot be renewed every " + retry);
            }
        }

        Duration renewDeadline() {
            return duration.minus(retry.multipliedBy(2));
        }
    }

    private final Ownership ownership;
    private final Leases leases;
    private final String identity;
    private final Timing timing;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lease-election").factory());
    private @Nullable HeldLease observed;
    private Instant observedAt = Instant.MIN;
    private @Nullable Instant renewedAt;
    private boolean failing;

    /**
     * Make an election that does nothing before {@link #start}.
     *
     * @param ownership the ownership that asks for the Lease
     * @param leases where the Lease is
     * @param identity this replica's name, different for each
     */
    LeaseElection(Ownership ownership, Leases leases, String identity, Timing timing, Clock clock) {
        this.ownership = ownership;
        this.leases = leases;
        this.identity = identity;
        this.timing = timing;
        this.clock = clock;
    }

    /**
     * Make an election for a Lease in the cluster, as Kubernetes' own controllers time it.
     *
     * @param lease the Lease, named after the service
     * @param identity this replica's name, different for each
     */
    public static LeaseElection of(KubernetesClient client, NamespacedName lease, Ownership ownership, String identity,
            Clock clock) {
        return new LeaseElection(ownership, new KubernetesLeases(client, lease), identity, Timing.DEFAULT, clock);
    }

    /** Look every {@link Timing#retry} whether the Lease is wanted, on a thread of its own. */
    public void start() {
        timer.scheduleWithFixedDelay(this::step, 0, timing.retry().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stop, and give the Lease back so that another replica need not wait for its end. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(timing.duration().toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
        try {
            giveBack();
        } catch (RuntimeException e) {
            // The API server is away: the Lease ends by itself.
            LOGGER.log(Level.WARNING, "cannot give the Lease back", e);
        }
    }

    synchronized void step() {
        try {
            if (!ownership.seeksLease()) {
                giveBack();
            } else if (acquireOrRenew()) {
                renewedAt = clock.instant();
                ownership.leaseAcquired();
            } else {
                renewedAt = null;
                ownership.leaseLost();
            }
            failing = false;
        } catch (RuntimeException e) {
            // Any failure to reach the API server: the next step tries again.
            if (renewedAt != null && !clock.instant().isBefore(renewedAt.plus(timing.renewDeadline()))) {
                renewedAt = null;
                ownership.leaseLost();
            }
            if (!failing) {
                failing = true;
                LOGGER.log(Level.WARNING, "cannot read or write the Lease; trying on", e);
            }
        }
    }

    private boolean acquireOrRenew() {
        Instant now = clock.instant();
        Optional<HeldLease> found = leases.read();
        if (!found.equals(Optional.ofNullable(observed))) {
            observed = found.orElse(null);
            observedAt = now;
        }
        if (found.isPresent() && found.get().holder().isPresent() && !found.get().heldBy(identity)
                && now.isBefore(observedAt.plus(found.get().duration()))) {
            return false;
        }
        return leases.write(found, identity, timing.duration(), now);
    }

    private synchronized void giveBack() {
        if (renewedAt != null) {
            renewedAt = null;
            ownership.leaseLost();
            leases.read().filter(lease -> lease.heldBy(identity)).ifPresent(leases::release);
        }
    }
}
