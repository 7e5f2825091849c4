package dev.tenantry.gitwatcher;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.repository.ObjectVersion;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.repository.Source.Lifecycle;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.meta.GoDuration;
import dev.tenantry.kubernetes.meta.LocalObjectReference;
import dev.tenantry.kubernetes.source.GitReference;
import dev.tenantry.kubernetes.source.GitRepositorySpec;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/** Objects in memory, with resource versions as an API server counts them. */
final class TestSources implements Sources {

    private final Map<NamespacedName, Source> known = new TreeMap<>();
    private final Set<NamespacedName> unseen = new HashSet<>();
    private int writes;
    private boolean conflicting;
    private boolean unreachable;

    static GitRepositorySpec spec(String url, @Nullable String secret) {
        return new GitRepositorySpec(url, new GitReference("main", null, null, null, null),
                new GoDuration(Duration.ofMinutes(1)), null, false,
                secret == null ? null : new LocalObjectReference(secret), null, null, null, null, null, false, null,
                null);
    }

    static Source source(NamespacedName name, GitRepositorySpec spec) {
        return new Source(name, new ObjectVersion("uid-of-" + name.name(), "1", 1), Lifecycle.HELD, Map.of(),
                Optional.empty(), spec, GitRepositoryStatus.empty());
    }

    static Source with(Source source, GitRepositoryStatus status) {
        return new Source(source.name(), source.version(), source.lifecycle(), source.labels(), source.requestedAt(),
                source.spec(), status);
    }

    static Source requested(Source source, String token) {
        return new Source(source.name(), source.version(), source.lifecycle(), source.labels(), Optional.of(token),
                source.spec(), source.status());
    }

    static Source in(Source source, Lifecycle lifecycle) {
        return new Source(source.name(), source.version(), lifecycle, source.labels(), source.requestedAt(),
                source.spec(), source.status());
    }

    static Source ofGeneration(Source source, long generation) {
        return new Source(source.name(), new ObjectVersion(source.version().uid(), "9", generation),
                source.lifecycle(), source.labels(), source.requestedAt(), source.spec(), source.status());
    }

    void put(Source source) {
        known.put(source.name(), source);
    }

    /** Let another one write just before each of ours. */
    void conflict() {
        conflicting = true;
    }

    /** Let an object be one that a watch has not brought yet. */
    void unseen(NamespacedName name) {
        unseen.add(name);
    }

    /** Let the API server not answer any more. */
    void unreachable() {
        unreachable = true;
    }

    int writes() {
        return writes;
    }

    @Override
    public Optional<Source> known(NamespacedName name) {
        return Optional.ofNullable(known.get(name)).filter(source -> !unseen.contains(name));
    }

    @Override
    public Collection<Source> all() {
        return List.copyOf(known.values());
    }

    @Override
    public Optional<Source> read(NamespacedName name) {
        return known(name);
    }

    @Override
    public boolean exists(NamespacedName name) {
        if (unreachable) {
            throw new ApiException(
                    new ApiError(0, ApiError.UNREACHABLE, "connection refused", "", "", List.of(), Optional.empty()));
        }
        return known.containsKey(name);
    }

    @Override
    public Source hold(Source source) {
        put(in(source, Lifecycle.HELD));
        return known.get(source.name());
    }

    @Override
    public void release(Source source) {
        known.remove(source.name());
    }

    @Override
    public Optional<Source> write(Source source, GitRepositoryStatus status) {
        if (conflicting) {
            return Optional.empty();
        }
        writes++;
        put(with(source, status));
        return known(source.name());
    }
}
