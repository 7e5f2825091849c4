package dev.tenantry.reconciler.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.reconciler.Reconciler;
import dev.tenantry.reconciler.source.KnownSources;

/** Follow what runs are decided by: Kustomizations, their sources, the teams of namespaces, and labelled variables. */
final class ClusterWatches implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterWatches.class);
    private static final ResourceType NAMESPACES = ResourceType.clusterScoped("", "v1", "Namespace", "namespaces");
    private static final ResourceType CONFIG_MAPS = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final ResourceType SECRETS = ResourceType.namespaced("", "v1", "Secret", "secrets");
    private static final String WATCHED = "reconcile.fluxcd.io/watch=Enabled";

    private final ObjectApi api;
    private final Reconciler reconciler;
    private final KnownSources sources;
    private final Teams teams;
    private final Executor executor;
    private final List<AutoCloseable> watches = new ArrayList<>();

    /** @param executor runs what may block, such as fetching a source's files */
    ClusterWatches(ObjectApi api, Reconciler reconciler, KnownSources sources, Teams teams, Executor executor) {
        this.api = api;
        this.reconciler = reconciler;
        this.sources = sources;
        this.teams = teams;
        this.executor = executor;
    }

    /** Begin; returns when all that there is has been told. */
    void start() {
        var namespaces = keep(
                ObjectWatch.ofMetadata(api, NAMESPACES, WatchScope.everywhere(), new NamespaceListener()));
        var gitRepositories = keep(
                ObjectWatch.ofObjects(api, SourceReader.TYPE, WatchScope.everywhere(), new SourceListener()));
        CompletableFuture.allOf(namespaces.whenSynced().toCompletableFuture(),
                gitRepositories.whenSynced().toCompletableFuture()).join();
        var kustomizations = keep(
                ObjectWatch.ofObjects(api, KubeStatusWriter.TYPE, WatchScope.everywhere(), new TargetListener()));
        kustomizations.whenSynced().toCompletableFuture().join();
        keep(ObjectWatch.ofMetadata(api, CONFIG_MAPS, WatchScope.everywhere().labelled(WATCHED),
                new VariableListener(CONFIG_MAPS)));
        keep(ObjectWatch.ofMetadata(api, SECRETS, WatchScope.everywhere().labelled(WATCHED),
                new VariableListener(SECRETS)));
    }

    private <T extends AutoCloseable> T keep(T watch) {
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable watch : watches) {
            watch.close();
        }
    }

    private final class TargetListener implements WatchListener<ObjectNode> {

        @Override
        public void added(ObjectNode object) {
            modified(object);
        }

        @Override
        public void modified(ObjectNode object) {
            try {
                reconciler.targetSeen(TargetReader.read(object));
            } catch (IllegalArgumentException e) {
                // One object that a CRD of others let through must not keep us from all the others.
                LOGGER.error("a Kustomization cannot be read and is left alone: {}", e.getMessage());
            }
        }

        @Override
        public void deleted(ObjectNode object) {
            reconciler.targetGone(SourceReader.name(object));
        }

        @Override
        public void interrupted(Throwable cause) {
            cut(KubeStatusWriter.TYPE, cause);
        }
    }

    private final class SourceListener implements WatchListener<ObjectNode> {

        @Override
        public void added(ObjectNode object) {
            modified(object);
        }

        @Override
        public void modified(ObjectNode object) {
            if (sources.seen(SourceReader.read(object))) {
                executor.execute(() -> reconciler.sourceChanged(SourceReader.name(object)));
            }
        }

        @Override
        public void deleted(ObjectNode object) {
            sources.gone(SourceReader.name(object));
            executor.execute(() -> reconciler.sourceChanged(SourceReader.name(object)));
        }

        @Override
        public void interrupted(Throwable cause) {
            cut(SourceReader.TYPE, cause);
        }
    }

    private final class NamespaceListener implements WatchListener<ObjectMetadata> {

        @Override
        public void added(ObjectMetadata metadata) {
            modified(metadata);
        }

        @Override
        public void modified(ObjectMetadata metadata) {
            teams.seen(metadata.name().name(), metadata.labels());
        }

        @Override
        public void deleted(ObjectMetadata metadata) {
            teams.gone(metadata.name().name());
        }

        @Override
        public void interrupted(Throwable cause) {
            cut(NAMESPACES, cause);
        }
    }

    private final class VariableListener implements WatchListener<ObjectMetadata> {

        private final ResourceType type;

        VariableListener(ResourceType type) {
            this.type = type;
        }

        @Override
        public void added(ObjectMetadata metadata) {
            modified(metadata);
        }

        @Override
        public void modified(ObjectMetadata metadata) {
            NamespacedName name = metadata.name();
            reconciler.variablesChanged(type.kind(), name);
        }

        @Override
        public void deleted(ObjectMetadata metadata) {
            modified(metadata);
        }

        @Override
        public void interrupted(Throwable cause) {
            cut(type, cause);
        }
    }

    private static void cut(ResourceType type, Throwable cause) {
        LOGGER.warn("a watch was cut and goes on kind={} cause={}", type, cause.getMessage());
    }
}
