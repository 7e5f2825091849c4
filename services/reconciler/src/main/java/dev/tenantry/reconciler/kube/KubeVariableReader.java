package dev.tenantry.reconciler.kube;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.api.ResourceType;
import dev.tenantry.kubernetes.kustomize.SubstituteReference;
import dev.tenantry.reconciler.source.VariableReader;
import dev.tenantry.reconciler.source.Variables;

/** Read variables from the API server, when a run needs them; nothing is kept. */
final class KubeVariableReader implements VariableReader {

    private static final ResourceType CONFIG_MAP = ResourceType.namespaced("", "v1", "ConfigMap", "configmaps");
    private static final ResourceType SECRET = ResourceType.namespaced("", "v1", "Secret", "secrets");

    private final ObjectApi api;

    KubeVariableReader(ObjectApi api) {
        this.api = api;
    }

    @Override
    public Variables read(String namespace, List<SubstituteReference> references) {
        Map<String, String> values = new LinkedHashMap<>();
        var origins = new ArrayList<Variables.Origin>();
        Set<String> secrets = new HashSet<>();
        for (SubstituteReference reference : references) {
            boolean secret = reference.kind().equals("Secret");
            switch (Answer.of(api.get((secret ? SECRET : CONFIG_MAP).at(namespace, reference.name())))) {
                case Answer.Refused<Optional<ObjectNode>> refused -> {
                    return new Variables.Unresolved("substitute from '%s/%s' error: %s".formatted(reference.kind(),
                            reference.name(), refused.error().message()));
                }
                case Answer.Given<Optional<ObjectNode>> given when given.value().isEmpty() -> {
                    if (!reference.optional()) {
                        return new Variables.Unresolved(
                                "substitute from '%s/%s' error: not found in namespace %s; create it, or make it optional"
                                        .formatted(reference.kind(), reference.name(), namespace));
                    }
                    origins.add(new Variables.Origin(reference.kind(), reference.name(), null, null));
                }
                case Answer.Given<Optional<ObjectNode>> given -> {
                    JsonNode object = given.value().get();
                    object.path("data").properties().forEach(entry -> {
                        String value = secret ? decoded(entry.getValue()) : entry.getValue().asText();
                        values.put(entry.getKey(), value);
                        if (secret) {
                            secrets.add(entry.getKey());
                        } else {
                            secrets.remove(entry.getKey());
                        }
                    });
                    origins.add(new Variables.Origin(reference.kind(), reference.name(),
                            object.at("/metadata/uid").asText(), object.at("/metadata/resourceVersion").asText()));
                }
            }
        }
        return new Variables.Resolved(values, origins, secrets);
    }

    private static String decoded(JsonNode value) {
        return new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8);
    }
}
