package dev.tenantry.gitwatcher.kube;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.Sources;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ObjectPath;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.source.GitRepository;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;
import dev.tenantry.kubernetes.watch.Newest;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;

/** The GitRepository objects of the cluster, as a watch brings them. */
public final class KubernetesSources implements Sources {

    static final ResourceType TYPE = ResourceType.namespaced(
            GitRepository.GROUP, GitRepository.VERSION, GitRepository.KIND, "gitrepositories");

    private static final Logger LOG = Logger.getLogger(KubernetesSources.class);
    private static final String MANAGER = "source-controller";

    private final ObjectApi api;
    private final Newest<Source> table = new Newest<>(Source::name,
            (one, other) -> one.version().isAfter(other.version()));

    public KubernetesSources(ObjectApi api) {
        this.api = api;
    }

    @Override
    public Optional<Source> known(NamespacedName name) {
        return table.find(name);
    }

    @Override
    public Collection<Source> all() {
        return table.all();
    }

    @Override
    public Optional<Source> read(NamespacedName name) {
        return ObjectApi.await(api.get(TYPE.at(name.namespace(), name.name()))).map(this::keep);
    }

    @Override
    public boolean exists(NamespacedName name) {
        return ObjectApi.await(api.get(TYPE.at(name.namespace(), name.name()))).isPresent();
    }

    @Override
    public Source hold(Source source) {
        return patchMetadata(source, finalizers(source, true));
    }

    @Override
    public void release(Source source) {
        try {
            patchMetadata(source, finalizers(source, false));
        } catch (ApiException e) {
            if (!e.error().isNotFound()) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Source> write(Source source, GitRepositoryStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("status", ObjectReader.difference(source.status(), status));
        Patch patch = Patch.merge(body).onStatus().by(MANAGER).onlyIf(source.version().resourceVersion());
        return unlessChanged(() -> keep(ObjectApi.await(api.patch(path(source), patch))));
    }

    /**
     * Begin to follow the objects, until closed; what changes is passed on.
     *
     * @param labelSelector which objects, all when empty
     */
    public AutoCloseable watch(String labelSelector, OwnedSources owned, Clock clock) {
        return ObjectWatch.ofObjects(api, TYPE, WatchScope.everywhere().labelled(labelSelector),
                new Listener(owned, new UnreadableObjects(api, TYPE, MANAGER, clock)));
    }

    private Source patchMetadata(Source source, ObjectNode metadata) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("metadata", metadata);
        Patch patch = Patch.merge(body).by(MANAGER).onlyIf(source.version().resourceVersion());
        return keep(ObjectApi.await(api.patch(path(source), patch)));
    }

    /** Read the finalizers afresh: a merge patch replaces the whole list, and others may have added theirs. */
    private ObjectNode finalizers(Source source, boolean held) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        var finalizers = metadata.putArray("finalizers");
        JsonNode present = ObjectApi.await(api.get(path(source)))
                .map(object -> object.path("metadata").path("finalizers"))
                .orElse(finalizers);
        for (JsonNode finalizer : present) {
            if (!finalizer.asText().equals(ObjectReader.FINALIZER)) {
                finalizers.add(finalizer);
            }
        }
        if (held) {
            finalizers.add(ObjectReader.FINALIZER);
        }
        return metadata;
    }

    private Source keep(ObjectNode object) {
        Source source = ObjectReader.source(object);
        table.put(source);
        return source;
    }

    private static Optional<Source> unlessChanged(Supplier<Source> write) {
        try {
            return Optional.of(write.get());
        } catch (ApiException e) {
            if (e.error().isConflict() || e.error().isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ObjectPath path(Source source) {
        return TYPE.at(source.name().namespace(), source.name().name());
    }

    private final class Listener implements WatchListener<ObjectNode> {

        private final OwnedSources owned;
        private final UnreadableObjects unreadable;

        private Listener(OwnedSources owned, UnreadableObjects unreadable) {
            this.owned = owned;
            this.unreadable = unreadable;
        }

        @Override
        public void added(ObjectNode object) {
            modified(object);
        }

        @Override
        public void modified(ObjectNode object) {
            try {
                Source source = ObjectReader.source(object);
                owned.seen(table.put(source), source);
            } catch (UnreadableObjectException e) {
                deleted(object);
                unreadable.report(object, e);
            }
        }

        @Override
        public void deleted(ObjectNode object) {
            NamespacedName name = ObjectReader.name(object);
            table.remove(name);
            owned.gone(name);
        }

        @Override
        public void interrupted(Throwable cause) {
            LOG.warnf("The watch of GitRepositories is interrupted, and tried again reason=%s", cause.getMessage());
        }
    }
}
