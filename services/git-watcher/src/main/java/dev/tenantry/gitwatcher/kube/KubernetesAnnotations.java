package dev.tenantry.gitwatcher.kube;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.Annotations;
import dev.tenantry.gitwatcher.poll.Trigger;
import dev.tenantry.gitwatcher.webhook.Selection;
import dev.tenantry.kubernetes.api.Discovery;
import dev.tenantry.kubernetes.api.ListQuery;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ObjectPath;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;

/** Requests by annotation, as Flux's own receiver makes them. */
public final class KubernetesAnnotations implements Annotations {

    private static final Logger LOG = Logger.getLogger(KubernetesAnnotations.class);
    private static final String MANAGER = "notification-controller";

    private final ObjectApi api;
    private final Discovery discovery;

    public KubernetesAnnotations(ObjectApi api) {
        this.api = api;
        this.discovery = new Discovery(api);
    }

    @Override
    public void request(Selection selection, Trigger trigger) {
        discovery.find(selection.group(), selection.version(), selection.kind())
                .thenCompose(found -> found
                        .map(type -> annotate(type, selection, trigger))
                        .orElseThrow(() -> new IllegalStateException("the cluster does not have the kind")))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warnf("Objects could not be asked to look kind=%s namespace=%s reason=%s",
                                selection.kind(), selection.namespace(), failure.getMessage());
                    }
                });
    }

    private CompletionStage<Void> annotate(ResourceType type, Selection selection, Trigger trigger) {
        if (selection.name().isPresent()) {
            return annotate(type.at(selection.namespace(), selection.name().get()), trigger);
        }
        return api.listAll(type, ListQuery.in(selection.namespace()).labelled(selection.labelSelector()))
                .thenCompose(objects -> {
                    // One after the other: a push is no reason to flood the API server.
                    CompletionStage<Void> done = CompletableFuture.completedStage(null);
                    for (ObjectNode object : objects) {
                        var name = ObjectReader.name(object);
                        done = done.thenCompose(before -> annotate(type.at(name.namespace(), name.name()), trigger));
                    }
                    return done;
                });
    }

    private CompletionStage<Void> annotate(ObjectPath object, Trigger trigger) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").putObject("annotations").put(ObjectReader.REQUESTED_AT, trigger.at().toString());
        return api.patch(object, Patch.merge(body).by(MANAGER)).handle((written, failure) -> {
            if (failure != null) {
                LOG.warnf("An object could not be asked to look name=%s reason=%s", object, failure.getMessage());
            }
            return null;
        });
    }
}
