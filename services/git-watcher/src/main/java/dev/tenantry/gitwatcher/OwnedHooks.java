package dev.tenantry.gitwatcher;

import java.time.Clock;
import java.util.Set;

import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;

/**
 * Keep in their schedule the receivers whose status this replica writes, by the same hash as sources; their calls are
 * taken by every replica.
 */
public final class OwnedHooks implements Ownership.Listener {

    private final Ownership ownership;
    private final Schedule schedule;
    private final Hooks hooks;
    private final Clock clock;

    public OwnedHooks(Ownership ownership, Schedule schedule, Hooks hooks, Clock clock) {
        this.ownership = ownership;
        this.schedule = schedule;
        this.hooks = hooks;
        this.clock = clock;
    }

    /** Take note of an object that was made or changed. */
    public void seen(Hook hook) {
        if (ownership.owns(hook.name()) && (!hook.isObserved() || !schedule.tracks(hook.name()))) {
            track(hook, Cause.SPEC);
        }
    }

    /** Take note of an object that is gone. */
    public void gone(NamespacedName hook) {
        schedule.forget(hook);
    }

    /** Look at all that this replica owns. */
    public void resync() {
        gained(ownership.partitions());
    }

    @Override
    public void gained(Set<Integer> partitions) {
        hooks.all()
                .stream()
                .filter(hook -> partitions.contains(ownership.partitionOf(hook.name())))
                .forEach(hook -> track(hook, Cause.RESYNC));
    }

    @Override
    public void lost(Set<Integer> partitions) {
        hooks.all()
                .stream()
                .map(Hook::name)
                .filter(name -> partitions.contains(ownership.partitionOf(name)))
                .forEach(schedule::forget);
    }

    private void track(Hook hook, Cause cause) {
        schedule.track(hook.name(), "", new Trigger(cause, clock.instant()));
    }
}
