package dev.tenantry.gitwatcher.http;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.tenantry.gitwatcher.store.DeliveryEntity;

/** A call of a receiver, as REST shows it. */
public record DeliveryView(String namespace, String receiver, String type, String id, @Nullable String event,
        String verdict, @Nullable String reason, int bytes, Instant receivedAt) {

    static DeliveryView of(DeliveryEntity entity) {
        return new DeliveryView(entity.namespace, entity.receiver, entity.type, entity.deliveryId, entity.event,
                entity.verdict, entity.reason, entity.bytes, entity.receivedAt);
    }
}
