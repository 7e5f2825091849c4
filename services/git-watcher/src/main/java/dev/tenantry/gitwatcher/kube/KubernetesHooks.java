package dev.tenantry.gitwatcher.kube;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.Hooks;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.webhook.Hook;
import dev.tenantry.gitwatcher.webhook.WebhookPath;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.notification.Receiver;
import dev.tenantry.kubernetes.notification.ReceiverStatus;
import dev.tenantry.kubernetes.watch.Newest;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;

/** The Receiver objects of the cluster, as a watch brings them. */
public final class KubernetesHooks implements Hooks {

    static final ResourceType TYPE = ResourceType.namespaced(
            Receiver.GROUP, Receiver.VERSION, Receiver.KIND, "receivers");

    private static final Logger LOG = Logger.getLogger(KubernetesHooks.class);
    private static final String MANAGER = "notification-controller";

    private final ObjectApi api;
    private final Newest<Hook> table = new Newest<>(Hook::name,
            (one, other) -> one.version().isAfter(other.version()));

    public KubernetesHooks(ObjectApi api) {
        this.api = api;
    }

    @Override
    public Optional<Hook> known(NamespacedName name) {
        return table.find(name);
    }

    @Override
    public Collection<Hook> all() {
        return table.all();
    }

    @Override
    public Optional<Hook> at(WebhookPath path) {
        String wanted = path.toString();
        return table.all()
                .stream()
                .filter(hook -> wanted.equals(hook.status().webhookPath()) && !hook.spec().suspend())
                .findFirst();
    }

    @Override
    public Optional<Hook> write(Hook hook, ReceiverStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("status", ObjectReader.difference(hook.status(), status));
        Patch patch = Patch.merge(body).onStatus().by(MANAGER).onlyIf(hook.version().resourceVersion());
        try {
            Hook written = ObjectReader.hook(
                    ObjectApi.await(api.patch(TYPE.at(hook.name().namespace(), hook.name().name()), patch)));
            table.put(written);
            return Optional.of(written);
        } catch (ApiException e) {
            if (e.error().isConflict() || e.error().isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Begin to follow the objects, until closed; what changes is passed on.
     *
     * @param labelSelector which objects, all when empty
     */
    public AutoCloseable watch(String labelSelector, OwnedHooks owned, Clock clock) {
        return ObjectWatch.ofObjects(api, TYPE, WatchScope.everywhere().labelled(labelSelector),
                new Listener(owned, new UnreadableObjects(api, TYPE, MANAGER, clock)));
    }

    private final class Listener implements WatchListener<ObjectNode> {

        private final OwnedHooks owned;
        private final UnreadableObjects unreadable;

        private Listener(OwnedHooks owned, UnreadableObjects unreadable) {
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
                Hook hook = ObjectReader.hook(object);
                table.put(hook);
                owned.seen(hook);
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
            LOG.warnf("The watch of Receivers is interrupted, and tried again reason=%s", cause.getMessage());
        }
    }
}
