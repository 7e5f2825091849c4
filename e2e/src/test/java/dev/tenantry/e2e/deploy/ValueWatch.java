package dev.tenantry.e2e.deploy;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Sees what all Secrets of a namespace hold at any moment. */
final class ValueWatch implements AutoCloseable {

    private static final Map<String, String> GONE = Map.of("Secret", "deleted");

    private final Map<String, Set<Map<String, String>>> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> writes = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Secret> informer;

    private ValueWatch(KubernetesClient client, String namespace) {
        informer = client.secrets().inNamespace(namespace).inform(new Handler());
    }

    static ValueWatch of(KubernetesClient client, String namespace) {
        return new ValueWatch(client, namespace);
    }

    /** Give each different state of a Secret's values, in order. */
    Map<String, Set<Map<String, String>>> seen() {
        return new TreeMap<>(seen);
    }

    /** Tell how often a Secret was changed, its values or anything else of it. */
    int writes(String name) {
        return writes.getOrDefault(name, 0);
    }

    @Override
    public void close() {
        informer.close();
    }

    private void see(String name, @Nullable Map<String, String> values) {
        seen.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(values == null ? Map.of() : values);
    }

    private final class Handler implements ResourceEventHandler<Secret> {

        @Override
        public void onAdd(Secret secret) {
            see(secret.getMetadata().getName(), secret.getData());
        }

        @Override
        public void onUpdate(Secret before, Secret now) {
            see(now.getMetadata().getName(), now.getData());
            writes.merge(now.getMetadata().getName(), 1, Integer::sum);
        }

        @Override
        public void onDelete(Secret secret, boolean unknown) {
            see(secret.getMetadata().getName(), GONE);
        }
    }
}
