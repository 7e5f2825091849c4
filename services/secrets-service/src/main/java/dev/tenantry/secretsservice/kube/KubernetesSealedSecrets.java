package dev.tenantry.secretsservice.kube;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.InvalidManifestException;
import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ObjectPath;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.kubernetes.watch.Newest;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.secretsservice.KnownSealedSecret;
import dev.tenantry.secretsservice.LiveSecret;
import dev.tenantry.secretsservice.SealedSecrets;
import dev.tenantry.secretsservice.sealing.SealedContent;

/** The SealedSecret objects of the cluster, as a watch brings them. */
public final class KubernetesSealedSecrets implements SealedSecrets {

    static final ResourceType TYPE = ResourceType.namespaced(SealedSecret.GROUP, SealedSecret.VERSION,
            SealedSecret.KIND,
            "sealedsecrets");

    private static final Logger LOG = Logger.getLogger(KubernetesSealedSecrets.class);

    private final ObjectApi api;
    private final WatchScope scope;
    private final Newest<KnownSealedSecret> known = Newest.byResourceVersion(KnownSealedSecret::name,
            KnownSealedSecret::resourceVersion);

    /** @param labelSelector which objects are opened, all when empty */
    public KubernetesSealedSecrets(ObjectApi api, String labelSelector) {
        this.api = api;
        this.scope = WatchScope.everywhere().labelled(labelSelector);
    }

    @Override
    public Optional<KnownSealedSecret> known(NamespacedName name) {
        return known.find(name);
    }

    @Override
    public Collection<KnownSealedSecret> all() {
        return known.all();
    }

    @Override
    public Optional<Manifest> read(NamespacedName name) {
        return ObjectApi.await(api.get(path(name))).map(Manifest::of);
    }

    @Override
    public Optional<KnownSealedSecret> write(KnownSealedSecret sealed, ObjectNode status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("status", status);
        Patch patch = Patch.merge(body).onStatus().by(LiveSecret.MANAGER).onlyIf(sealed.resourceVersion());
        try {
            KnownSealedSecret written = known(Manifest.of(ObjectApi.await(api.patch(path(sealed.name()), patch))));
            // The answer may come after the news of its deletion.
            known.update(written);
            return Optional.of(written);
        } catch (ApiException e) {
            if (e.error().isConflict() || e.error().isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Begin to follow the objects, until closed. */
    public ObjectWatch watch(List<Listener> listeners) {
        return ObjectWatch.ofLargeObjects(api, TYPE, scope, new Objects(listeners));
    }

    private static KnownSealedSecret known(Manifest object) {
        return KnownSealedSecret.of(object, SealedContent.of(object));
    }

    private static ObjectPath path(NamespacedName name) {
        return TYPE.at(name.namespace(), name.name());
    }

    private final class Objects implements WatchListener<ObjectNode> {

        private final List<Listener> listeners;

        private Objects(List<Listener> listeners) {
            this.listeners = listeners;
        }

        @Override
        public void added(ObjectNode object) {
            modified(object);
        }

        @Override
        public void modified(ObjectNode object) {
            try {
                Manifest manifest = Manifest.of(object);
                KnownSealedSecret now = known(manifest);
                KnownSealedSecret before = known.put(now);
                listeners.forEach(listener -> listener.seen(before, now, manifest));
            } catch (InvalidManifestException e) {
                LOG.warnf("A SealedSecret cannot be read name=%s cause=%s",
                        object.path("metadata").path("name").asText(""), e.getMessage());
            }
        }

        @Override
        public void deleted(ObjectNode object) {
            NamespacedName name = Manifest.of(object).ref().namespacedName();
            known.remove(name);
            listeners.forEach(listener -> listener.gone(name));
        }

        @Override
        public void interrupted(Throwable cause) {
            LOG.warnf("The watch of SealedSecrets is interrupted, and tried again cause=%s", cause.getMessage());
        }
    }
}
