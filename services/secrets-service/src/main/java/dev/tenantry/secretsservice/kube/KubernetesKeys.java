package dev.tenantry.secretsservice.kube;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.EventRecorder;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.watch.ObjectWatch;
import dev.tenantry.kubernetes.watch.WatchListener;
import dev.tenantry.kubernetes.watch.WatchScope;
import dev.tenantry.secretsservice.KeySecret;
import dev.tenantry.secretsservice.Keys;
import dev.tenantry.secretsservice.LiveSecret;
import dev.tenantry.secretsservice.Markers;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.secretsservice.StoredKey;
import dev.tenantry.secretsservice.key.KeyGenerator;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.PemException;
import dev.tenantry.secretsservice.key.SealingKey;

/** The keys, as TLS Secrets that are labelled as the original controller labels them. */
public final class KubernetesKeys {

    private static final Logger LOG = Logger.getLogger(KubernetesKeys.class);

    private final ObjectApi api;
    private final String namespace;
    private final SecretsServiceConfig.Keys config;
    private final EventRecorder recorder;
    private final Clock clock;

    /** @param namespace where the keys are */
    public KubernetesKeys(ObjectApi api, String namespace, SecretsServiceConfig.Keys config, EventRecorder recorder,
            Clock clock) {
        this.api = api;
        this.namespace = namespace;
        this.config = config;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Name what stands for all keys where one replica has to look after them. */
    public NamespacedName all() {
        return new NamespacedName(namespace, config.prefix());
    }

    /** Make a key, which takes seconds of a processor. */
    public KeyPair generate() {
        return new KeyGenerator(config.size(), config.validity(), config.commonName().orElse("")).generate(clock);
    }

    /**
     * Store a key.
     *
     * @param namespaces the only ones that it serves; all when empty
     * @throws dev.tenantry.kubernetes.api.ApiException when the API server does not take it
     */
    public StoredKey keep(KeyPair pair, Set<String> namespaces) {
        ObjectNode secret = KeySecret.create(pair, namespace, config.prefix(), namespaces);
        ObjectNode created = ObjectApi
                .await(api.create(KubernetesSecrets.TYPE, namespace, secret, LiveSecret.MANAGER));
        StoredKey stored = readBack(Manifest.of(created));
        LOG.infof("There is a new sealing key: export it, since without it nothing that it seals can be opened name=%s"
                + " fingerprint=%s", stored.key().secret(), stored.key().fingerprint());
        return stored;
    }

    private StoredKey readBack(Manifest created) {
        try {
            return stored(created);
        } catch (PemException e) {
            throw new IllegalStateException("A new key cannot be read back", e);
        }
    }

    /** Say on a key's Secret that it is nowhere but in the cluster. */
    public void remind(StoredKey key) {
        EventRecorder.Subject subject = new EventRecorder.Subject("v1", "Secret", key.key().secret(), key.uid(), "");
        recorder.record(subject, EventRecorder.Type.WARNING, "KeyNotExported", "Sealing key " + key.key().fingerprint()
                + " is nowhere but in this cluster: without it, what it sealed cannot be opened in a new one. Run"
                + " tenantry keys export --out FILE", Map.of()).whenComplete((recorded, failure) -> {
                    if (failure != null) {
                        // The metric tells the same.
                        LOG.debugf(failure, "An event could not be written name=%s", key.key().secret());
                    }
                });
    }

    /**
     * Begin to follow the keys, until closed.
     *
     * @param changed called when another key opens something, and when all have been told
     */
    public ObjectWatch watch(Keys keys, Runnable changed) {
        return ObjectWatch.ofObjects(api, KubernetesSecrets.TYPE,
                WatchScope.in(namespace).labelled(Markers.KEY_LABEL + "=" + Markers.ACTIVE),
                new Listener(keys, changed));
    }

    private StoredKey stored(Manifest object) throws PemException {
        KeySecret secret = new KeySecret(object);
        SealingKey key = secret.key();
        SealingKey ordered = switch (config.order()) {
            case CERT_NOT_BEFORE -> key;
            case SECRET_CREATION_TIMESTAMP -> key.withOrder(
                    Instant.parse(object.at("metadata", "creationTimestamp").asText()));
        };
        return new StoredKey(ordered, object.at("metadata", "uid").asText(), secret.isExported(key.fingerprint()));
    }

    private final class Listener implements WatchListener<ObjectNode> {

        private final Keys keys;
        private final Runnable changed;

        private Listener(Keys keys, Runnable changed) {
            this.keys = keys;
            this.changed = changed;
        }

        @Override
        public void added(ObjectNode object) {
            modified(object);
        }

        @Override
        public void modified(ObjectNode object) {
            Manifest secret = Manifest.of(object);
            NamespacedName name = secret.ref().namespacedName();
            try {
                if (keys.put(stored(secret)) && keys.areKnown()) {
                    changed.run();
                }
            } catch (PemException e) {
                LOG.errorf("A Secret is labelled as a sealing key, and is none name=%s cause=%s", name, e.getMessage());
                recorder.record(EventRecorder.Subject.of(secret), EventRecorder.Type.WARNING, "InvalidKey",
                        "This Secret is labelled " + Markers.KEY_LABEL + "=" + Markers.ACTIVE + ", but "
                                + e.getMessage()
                                + ". It needs a certificate in tls.crt and its RSA private key in tls.key, as PEM",
                        Map.of());
                keys.remove(name);
            }
        }

        @Override
        public void deleted(ObjectNode object) {
            keys.remove(Manifest.of(object).ref().namespacedName());
        }

        @Override
        public void synced() {
            keys.synced();
            changed.run();
        }

        @Override
        public void interrupted(Throwable cause) {
            LOG.warnf("The watch of sealing keys is interrupted, and tried again cause=%s", cause.getMessage());
        }
    }
}
