package dev.tenantry.gitwatcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.poll.Cause;
import dev.tenantry.gitwatcher.poll.Schedule;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ownership.Ownership;

/**
 * Keep in the schedule the sources that this replica owns, and ask for a look at each that changed.
 *
 * <p>Coming to own a source means to look at it, whatever was missed before. Thread-safe.
 */
public final class OwnedSources implements Ownership.Listener {

    private final Ownership ownership;
    private final Schedule schedule;
    private final Sources sources;
    private final Clock clock;

    public OwnedSources(Ownership ownership, Schedule schedule, Sources sources, Clock clock) {
        this.ownership = ownership;
        this.schedule = schedule;
        this.sources = sources;
        this.clock = clock;
    }

    /** Take note of an object that was made or changed; {@code before} is null for one not seen yet. */
    public void seen(@Nullable Source before, Source now) {
        if (!ownership.owns(now.name())) {
            return;
        }
        if (before == null || !schedule.tracks(now.name())) {
            track(now, now.isObserved() ? Cause.RESYNC : Cause.SPEC);
        } else if (before.version().generation() != now.version().generation()
                || before.lifecycle() != now.lifecycle() && now.lifecycle() == Source.Lifecycle.ENDING
                || !before.version().uid().equals(now.version().uid())) {
            track(now, Cause.SPEC);
        } else if (now.hasOpenRequest() && !now.requestedAt().equals(before.requestedAt())) {
            track(now, Cause.ANNOTATION);
        }
    }

    /** Take note of an object that is gone. */
    public void gone(NamespacedName source) {
        schedule.forget(source);
    }

    /** Ask for a look at a source, if this replica owns it. */
    public boolean request(NamespacedName source, Trigger trigger) {
        return ownership.owns(source) && schedule.request(source, trigger);
    }

    /** Look at all that this replica owns, since it may have missed something. */
    public void resync() {
        gained(ownership.partitions());
    }

    @Override
    public void gained(Set<Integer> partitions) {
        sources.all()
                .stream()
                .filter(source -> partitions.contains(ownership.partitionOf(source.name())))
                .forEach(source -> track(source, Cause.RESYNC));
    }

    @Override
    public void lost(Set<Integer> partitions) {
        sources.all()
                .stream()
                .map(Source::name)
                .filter(name -> partitions.contains(ownership.partitionOf(name)))
                .forEach(schedule::forget);
    }

    private void track(Source source, Cause cause) {
        schedule.track(source.name(), host(source.spec().url()), new Trigger(cause, clock.instant()));
    }

    private static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? url : host;
        } catch (URISyntaxException e) {
            // The look will say so in the status.
            return url;
        }
    }
}
