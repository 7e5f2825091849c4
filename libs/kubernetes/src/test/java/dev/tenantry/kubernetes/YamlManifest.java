package dev.tenantry.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.client.utils.Serialization;

/** Write objects in tests as their users do. */
public final class YamlManifest {

    private YamlManifest() {}

    public static Manifest yaml(String text) {
        return Manifest.of(fields(text));
    }

    public static ObjectNode fields(String text) {
        // Without the marker, a text that starts with a brace would be read as JSON.
        return Serialization.unmarshal("---\n" + text, ObjectNode.class);
    }
}
