package dev.tenantry.kubernetes.health;

import static dev.tenantry.kubernetes.YamlManifest.fields;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

/** Live objects, of which a test writes the fields that it is about. */
final class LiveObjects {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private LiveObjects() {}

    static Manifest object(String apiVersion, String kind, String yaml) {
        ObjectNode json = Manifest.skeleton(apiVersion, kind, new NamespacedName("web", "front"));
        if (!yaml.isEmpty()) {
            ObjectNode more = fields(yaml);
            if (more.remove("metadata") instanceof ObjectNode metadata) {
                json.withObject("/metadata").setAll(metadata);
            }
            json.setAll(more);
        }
        return Manifest.of(json);
    }

    static Health health(String apiVersion, String kind, String yaml) {
        return Health.of(object(apiVersion, kind, yaml), NOW);
    }
}
