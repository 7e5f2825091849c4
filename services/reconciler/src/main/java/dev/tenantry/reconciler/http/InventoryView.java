package dev.tenantry.reconciler.http;

import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.reconciler.Cluster;

/** One object of an inventory as REST shows it. */
@Schema(name = "InventoryEntry", description = "An object that a target has in the cluster")
record InventoryView(
        @Schema(description = "The API group; empty for the core group", examples = "apps") String group,
        @Schema(description = "The version of the kind that was applied", examples = "v1") String version,
        @Schema(examples = "Deployment") String kind,
        @Schema(description = "Empty for a cluster-scoped object") String namespace,
        String name,
        @Schema(description = "Whether the metadata watch of the replica that answers sees it") Presence presence) {

    /** Whether an object is there, as far as the replica that answers knows. */
    enum Presence {
        @JsonProperty("live")
        LIVE, @JsonProperty("missing")
        MISSING, @JsonProperty("unknown")
        UNKNOWN
    }

    static InventoryView of(Map.Entry<ObjectRef, String> entry, Cluster cluster) {
        ObjectRef ref = entry.getKey();
        return new InventoryView(ref.group(), entry.getValue(), ref.kind(), ref.namespace(), ref.name(),
                switch (cluster.presence(ref, entry.getValue())) {
                    case LIVE -> Presence.LIVE;
                    case MISSING -> Presence.MISSING;
                    case UNKNOWN -> Presence.UNKNOWN;
                });
    }
}
