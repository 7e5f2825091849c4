package dev.tenantry.gitwatcher.http;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.DeliveryEntity;

/** A call of a receiver, as REST shows it. */
@Schema(name = "Delivery", description = "A call of a receiver")
public record DeliveryView(
        @Schema(description = "The receiver's namespace") String namespace,
        @Schema(description = "The receiver's name") String receiver,
        @Schema(description = "The type of the receiver", examples = "github") String type,
        @Schema(description = "What the caller names the call by, or an id for it") String id,
        @Schema(description = "What the caller says has happened", examples = "push")
        @Nullable String event,
        @Schema(description = "What became of it: accepted, ignored or refused") String verdict,
        @Schema(description = "Why it was refused")
        @Nullable String reason,
        @Schema(description = "The size of the body, in bytes") int bytes,
        Instant receivedAt) {

    static DeliveryView of(DeliveryEntity entity) {
        return new DeliveryView(entity.namespace, entity.receiver, entity.type, entity.deliveryId, entity.event,
                entity.verdict, entity.reason, entity.bytes, entity.receivedAt);
    }
}
