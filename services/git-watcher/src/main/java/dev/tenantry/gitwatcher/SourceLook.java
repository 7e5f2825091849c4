package dev.tenantry.gitwatcher;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jboss.logging.Logger;

import dev.tenantry.git.Revision;
import dev.tenantry.git.Tarball;
import dev.tenantry.git.TooLargeException;
import dev.tenantry.gitwatcher.artifact.Archives;
import dev.tenantry.gitwatcher.artifact.ArtifactUrls;
import dev.tenantry.gitwatcher.poll.Next;
import dev.tenantry.gitwatcher.poll.Work;
import dev.tenantry.gitwatcher.repository.Fetched;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.meta.Artifact;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.meta.Conditions;
import dev.tenantry.kubernetes.meta.Reason;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/**
 * Look at a source: fetch what its remote has, say so in its status, and tell the observers.
 *
 * <p>Observers are told after the status is written, since their listeners read it. The first write is conditional on
 * the version of the object that was read; if another replica has looked meanwhile, this look ends without a trace.
 */
public final class SourceLook {

    private static final Logger LOG = Logger.getLogger(SourceLook.class);
    // A spec may say 0s, which Flux takes as well.
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    private final Sources sources;
    private final Content content;
    private final List<Observer> observers;
    private final Tracer tracer;
    private final Clock clock;

    /**
     * Where content comes from, and under which URLs it goes out.
     *
     * @param fetcher asks remotes
     * @param archives measures what was fetched
     * @param urls names the archives
     */
    public record Content(Fetcher fetcher, Archives archives, ArtifactUrls urls) {}

    public SourceLook(Sources sources, Content content, List<Observer> observers, Tracer tracer, Clock clock) {
        this.sources = sources;
        this.content = content;
        this.observers = List.copyOf(observers);
        this.tracer = tracer;
        this.clock = clock;
    }

    /** Look at the source now, and say when to look again. */
    public Next look(Work work) {
        try {
            return sources.known(work.source()).map(source -> look(work, source)).orElseGet(Next.OnChange::new);
        } catch (ApiException e) {
            LOG.warnf("The API server did not take the result of a look name=%s reason=%s",
                    work.source(), e.getMessage());
            return new Next.Retry();
        }
    }

    private Next look(Work work, Source source) {
        return switch (source.lifecycle()) {
            case RELEASED -> new Next.OnChange();
            case ENDING -> release(source);
            case NEW -> source.spec().suspend() ? new Next.OnChange() : fetch(work, sources.hold(source));
            case HELD -> source.spec().suspend() ? new Next.OnChange() : fetch(work, source);
        };
    }

    private Next release(Source source) {
        try {
            content.fetcher().forget(source.name());
        } catch (IOException e) {
            // An object must not outlive its deletion for what a broken disk keeps.
            LOG.warnf(e, "What was fetched for a deleted source stays on disk name=%s", source.name());
        }
        sources.release(source);
        return new Next.OnChange();
    }

    private Next fetch(Work work, Source found) {
        Source source = found;
        if (!source.isObserved() && !isBegun(source)) {
            Optional<Source> begun = sources.write(source, Statuses.begun(source, clock.instant()));
            if (begun.isEmpty()) {
                return changedMeanwhile(work);
            }
            source = begun.get();
        }
        Instant start = clock.instant();
        Outcome outcome = fetch(source);
        Duration fetch = Duration.between(start, clock.instant());
        Optional<GitRepositoryStatus> written = write(source, outcome);
        if (written.isEmpty()) {
            return changedMeanwhile(work);
        }
        Observation observation = new Observation(found, work, outcome, written.get(), fetch, clock.instant());
        observers.forEach(observer -> tell(observer, observation));
        return next(source, outcome);
    }

    /** Tell whether the status says already that the spec is being looked at, so that retries need not say it again. */
    private static boolean isBegun(Source source) {
        return new Conditions(source.status().conditions()).find(ConditionType.RECONCILING)
                .filter(condition -> Objects.equals(condition.observedGeneration(), source.version().generation()))
                .isPresent();
    }

    private Outcome fetch(Source source) {
        Span span = tracer.spanBuilder("fetch").startSpan();
        try (Scope scope = span.makeCurrent()) {
            return outcome(source);
        } finally {
            span.end();
        }
    }

    private Outcome outcome(Source source) {
        return switch (content.fetcher().fetch(source)) {
            case Fetched.Refused refused -> new Outcome.Stalled(refused.reason(), refused.message());
            case Fetched.Failed failed -> new Outcome.Failed(failed.reason(), failed.message());
            case Fetched.Content fetched -> {
                try {
                    yield ready(source, fetched);
                } catch (TooLargeException e) {
                    yield new Outcome.Failed(Reason.GIT_OPERATION_FAILED,
                            "refused revision '" + fetched.revision() + "': " + e.getMessage());
                } catch (IOException e) {
                    LOG.errorf(e, "Packing a revision failed name=%s revision=%s", source.name(), fetched.revision());
                    yield new Outcome.Failed(Reason.STORAGE_OPERATION_FAILED,
                            "failed to archive revision '" + fetched.revision() + "'");
                }
            }
        };
    }

    private Outcome.Ready ready(Source source, Fetched.Content fetched) throws IOException {
        Revision revision = fetched.revision();
        Archives.Measured measured = content.archives()
                .measure(Fetcher.id(source.name()), revision.commit(), Fetcher.rules(source));
        Tarball tarball = measured.tarball();
        Artifact before = source.status().artifact();
        boolean fresh = before == null || !before.revision().equals(revision.toString())
                || !before.digest().equals(tarball.digest());
        Instant updated = fresh ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : before.lastUpdateTime();
        Artifact artifact = new Artifact(
                tarball.digest(),
                updated,
                Map.of(),
                content.urls().path(source.name(), revision.commit()),
                revision.toString(),
                tarball.size(),
                content.urls().url(source.name(), revision.commit(), tarball.digest()));
        return new Outcome.Ready(artifact, fetched.commit(), measured.treeId(), fresh);
    }

    /** Write what came of the look; empty if somebody else looked, or the spec is another one by now. */
    private Optional<GitRepositoryStatus> write(Source source, Outcome outcome) {
        GitRepositoryStatus status = Statuses.ended(source, outcome, clock.instant());
        if (status.equals(source.status())) {
            return Optional.of(status);
        }
        if (sources.write(source, status).isPresent()) {
            return Optional.of(status);
        }
        // Labels or annotations may have changed: that takes nothing from what was found.
        return sources.read(source.name())
                .filter(now -> now.version().uid().equals(source.version().uid()))
                .filter(now -> now.version().generation() == source.version().generation())
                .filter(now -> now.status().equals(source.status()))
                .flatMap(now -> sources.write(now, Statuses.ended(now, outcome, clock.instant())))
                .map(Source::status);
    }

    private Next changedMeanwhile(Work work) {
        LOG.debugf("The object changed during the look name=%s", work.source());
        return new Next.Retry();
    }

    private static Next next(Source source, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ready ready -> afterInterval(source);
            case Outcome.Stalled stalled -> new Next.OnChange();
            // What a name means seldom changes within seconds.
            case Outcome.Failed failed when failed.reason().equals(Reason.URL_INVALID) -> afterInterval(source);
            case Outcome.Failed failed -> new Next.Retry();
        };
    }

    private static Next afterInterval(Source source) {
        Duration interval = source.spec().interval().value();
        return new Next.AfterInterval(interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval);
    }

    private static void tell(Observer observer, Observation observation) {
        try {
            observer.observed(observation);
        } catch (RuntimeException e) {
            // The status is written: what one observer makes of it must not keep the others from it.
            LOG.errorf(e, "An observer failed name=%s", observation.source().name());
        }
    }
}
