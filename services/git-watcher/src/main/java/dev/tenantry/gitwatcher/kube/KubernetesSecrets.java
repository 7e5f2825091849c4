package dev.tenantry.gitwatcher.kube;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.repository.Secrets;
import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;

/** The Secrets of the cluster, read one by one. */
public final class KubernetesSecrets implements Secrets {

    private static final ResourceType TYPE = ResourceType.namespaced("", "v1", "Secret", "secrets");

    private final ObjectApi api;

    public KubernetesSecrets(ObjectApi api) {
        this.api = api;
    }

    @Override
    public Optional<Map<String, byte[]>> read(String namespace, String name) {
        return ObjectApi.await(api.get(TYPE.at(namespace, name))).map(KubernetesSecrets::entries);
    }

    private static Map<String, byte[]> entries(ObjectNode secret) {
        Map<String, byte[]> entries = new HashMap<>();
        secret.path("data")
                .properties()
                .forEach(entry -> entries.put(entry.getKey(), Base64.getDecoder().decode(entry.getValue().asText())));
        return entries;
    }
}
