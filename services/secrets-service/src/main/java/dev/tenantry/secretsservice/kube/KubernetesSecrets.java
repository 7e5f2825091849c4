package dev.tenantry.secretsservice.kube;

import java.util.Optional;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;
import dev.tenantry.kubernetes.api.ApiException;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ObjectPath;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.watch.Newest;
import dev.tenantry.kubernetes.watch.ObjectMetadata;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.secretsservice.Intake;
import dev.tenantry.secretsservice.LiveSecret;
import dev.tenantry.secretsservice.SecretPlan;
import dev.tenantry.secretsservice.Secrets;

/**
 * The Secrets of the cluster, of which a watch brings the metadata.
 *
 * <p>Remembered are those that belong to a SealedSecret: others may be many, and are read when a SealedSecret has their
 * name.
 */
public final class KubernetesSecrets implements Secrets {

    static final ResourceType TYPE = ResourceType.namespaced("", "v1", "Secret", "secrets");

    private static final Logger LOG = Logger.getLogger(KubernetesSecrets.class);
    private static final ApplyOptions APPLY = ApplyOptions.as(LiveSecret.MANAGER).forced();

    private final ObjectApi api;
    private final Predicate<NamespacedName> isSealed;
    private final Newest<LiveSecret> known = Newest.byResourceVersion(LiveSecret::name,
            LiveSecret::resourceVersion);

    /** @param isSealed tells whether there is a SealedSecret of a name */
    public KubernetesSecrets(ObjectApi api, Predicate<NamespacedName> isSealed) {
        this.api = api;
        this.isSealed = isSealed;
    }

    @Override
    public Optional<LiveSecret> known(NamespacedName name) {
        return known.find(name);
    }

    @Override
    public Optional<Manifest> read(NamespacedName name) {
        Optional<ObjectNode> object = ObjectApi.await(api.get(path(name)));
        if (object.isEmpty()) {
            known.remove(name);
        }
        return object.map(found -> {
            keep(found);
            return Manifest.of(found);
        });
    }

    @Override
    public boolean create(Manifest secret) {
        try {
            keep(ObjectApi.await(api.applyNew(TYPE, secret, APPLY)));
            return true;
        } catch (ApiException e) {
            ApiError error = e.error();
            if (error.isConflict() || error.isAlreadyExists()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void write(SecretPlan.Write change) {
        ObjectPath path = path(change.secret().ref().namespacedName());
        String version = change.resourceVersion();
        if (change.owners() != null) {
            version = patch(path, change.owners(), version);
        }
        version = keep(ObjectApi.await(api.apply(TYPE, at(change.secret(), version), APPLY)));
        if (change.removal() != null) {
            patch(path, change.removal(), version);
        }
    }

    private String patch(ObjectPath path, ObjectNode fields, String version) {
        return keep(ObjectApi.await(api.patch(path, Patch.merge(fields).by(LiveSecret.MANAGER).onlyIf(version))));
    }

    /** Begin to follow the metadata of all Secrets, until closed. */
    public ObjectWatch watch(Intake intake) {
        return ObjectWatch.ofMetadata(api, TYPE, WatchScope.everywhere(), new Listener(intake));
    }

    private static Manifest at(Manifest secret, String resourceVersion) {
        return secret.with(json -> {
            json.withObjectProperty("metadata").put("resourceVersion", resourceVersion);
            return json;
        });
    }

    private String keep(ObjectNode object) {
        LiveSecret live = LiveSecret.of(ObjectMetadata.of(object));
        known.put(live);
        return live.resourceVersion();
    }

    private static ObjectPath path(NamespacedName name) {
        return TYPE.at(name.namespace(), name.name());
    }

    private final class Listener implements WatchListener<ObjectMetadata> {

        private final Intake intake;

        private Listener(Intake intake) {
            this.intake = intake;
        }

        @Override
        public void added(ObjectMetadata secret) {
            modified(secret);
        }

        @Override
        public void modified(ObjectMetadata secret) {
            LiveSecret now = LiveSecret.of(secret);
            if (isSealed.test(now.name()) || now.isOurs()) {
                known.put(now);
                // The answer to a later write may be known already.
                known.find(now.name()).ifPresent(intake::seen);
            }
        }

        @Override
        public void deleted(ObjectMetadata secret) {
            known.remove(secret.name());
            intake.secretGone(secret.name());
        }

        @Override
        public void interrupted(Throwable cause) {
            LOG.warnf("The watch of Secrets is interrupted, and tried again cause=%s", cause.getMessage());
        }
    }
}
