package dev.tenantry.gitwatcher.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.tenantry.git.ChangedPaths;
import dev.tenantry.git.Commit;
import dev.tenantry.git.CommitId;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.Revision;
import dev.tenantry.gitwatcher.Delivery;
import dev.tenantry.gitwatcher.Observation;
import dev.tenantry.gitwatcher.Outcome;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.Verdict;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Artifact;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** Turn what happened into rows. */
@Singleton
class Entries {

    private static final Logger LOG = Logger.getLogger(Entries.class);
    private static final int MOST_PATHS = 1000;
    private static final int LONGEST_TEXT = 4000;

    private final RepositoryStore store;

    Entries(RepositoryStore store) {
        this.store = store;
    }

    List<PanacheEntityBase> of(Observation observation) {
        List<PanacheEntityBase> entities = new ArrayList<>();
        entities.add(fetch(observation));
        if (observation.outcome() instanceof Outcome.Ready ready && ready.fresh()) {
            entities.add(revision(observation, ready));
        }
        return entities;
    }

    DeliveryEntity of(Hook hook, Delivery delivery) {
        DeliveryEntity entity = new DeliveryEntity();
        entity.namespace = delivery.receiver().namespace();
        entity.receiver = delivery.receiver().name();
        entity.type = hook.spec().type();
        entity.deliveryId = delivery.id();
        entity.bytes = delivery.bytes();
        entity.receivedAt = delivery.receivedAt();
        switch (delivery.verdict()) {
            case Verdict.Accepted(String event) -> {
                entity.verdict = "accepted";
                entity.event = event;
            }
            case Verdict.Ignored(String event) -> {
                entity.verdict = "ignored";
                entity.event = event;
            }
            case Verdict.Refused(String reason) -> {
                entity.verdict = "refused";
                entity.reason = reason;
            }
        }
        return entity;
    }

    private static FetchEntity fetch(Observation observation) {
        FetchEntity entity = new FetchEntity();
        NamespacedName source = observation.source().name();
        entity.namespace = source.namespace();
        entity.name = source.name();
        entity.cause = observation.work().trigger().cause().name().toLowerCase(Locale.ROOT);
        entity.millis = observation.fetch().toMillis();
        entity.endedAt = observation.endedAt();
        switch (observation.outcome()) {
            case Outcome.Ready ready -> {
                entity.result = "Succeeded";
                entity.revision = ready.artifact().revision();
            }
            case Outcome.Stalled(String reason, String message) -> {
                entity.result = reason;
                entity.message = cut(message);
            }
            case Outcome.Failed(String reason, String message) -> {
                entity.result = reason;
                entity.message = cut(message);
            }
        }
        return entity;
    }

    private RevisionEntity revision(Observation observation, Outcome.Ready ready) {
        NamespacedName source = observation.source().name();
        Artifact before = observation.source().status().artifact();
        Commit commit = ready.commit();
        RevisionEntity entity = new RevisionEntity();
        entity.namespace = source.namespace();
        entity.name = source.name();
        entity.revision = ready.artifact().revision();
        entity.previous = before == null ? null : before.revision();
        entity.commitId = commit.id().hex();
        entity.author = cut(commit.author());
        entity.email = cut(commit.email());
        entity.message = cut(commit.subject());
        entity.committedAt = commit.time();
        entity.observedAt = observation.endedAt();
        ChangedPaths changed = changedPaths(source, entity.previous, commit.id());
        entity.changedPaths = changed.paths().stream().map(Entries::storable).toArray(String[]::new);
        entity.truncated = changed.truncated();
        return entity;
    }

    private ChangedPaths changedPaths(NamespacedName source, @Nullable String previous, CommitId commit) {
        try {
            CommitId from = Revision.tryParse(previous).map(Revision::commit).orElse(null);
            Optional<ChangedPaths> found = store.changedPaths(Fetcher.id(source), from, commit, MOST_PATHS);
            // The commit before may be unreachable after a force push: then what the new one itself changed is told.
            return found.isPresent() || from == null
                    ? found.orElse(new ChangedPaths(List.of(), false))
                    : store.changedPaths(Fetcher.id(source), null, commit, MOST_PATHS)
                            .orElse(new ChangedPaths(List.of(), false));
        } catch (IOException e) {
            LOG.warnf(e, "The changed paths of a revision could not be found name=%s revision=%s", source, commit);
            return new ChangedPaths(List.of(), true);
        }
    }

    private static String cut(String text) {
        String storable = storable(text);
        return storable.length() <= LONGEST_TEXT ? storable : storable.substring(0, LONGEST_TEXT);
    }

    /** Postgres takes no NUL in a text, which git does. */
    private static String storable(String text) {
        return text.replace("\0", "");
    }
}
