package dev.tenantry.kubernetes.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Change the schema that is generated for a type by a JSON merge patch (RFC 7396).
 *
 * <p>The generator's own customizer replaces {@code properties} as a whole. Used at build time only.
 */
public final class SchemaPatch implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String patch, KubernetesSerialization serialization) {
        ObjectNode target = serialization.convertValue(schema, ObjectNode.class);
        merge(target, serialization.unmarshal(patch, JsonNode.class));
        return serialization.convertValue(target, JSONSchemaProps.class);
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(entry.getKey());
            } else if (value.isObject()) {
                merge(target.withObjectProperty(entry.getKey()), value);
            } else {
                target.set(entry.getKey(), value);
            }
        });
    }
}
