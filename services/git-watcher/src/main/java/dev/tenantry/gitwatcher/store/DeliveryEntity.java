package dev.tenantry.gitwatcher.store;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A call of a receiver. */
@Entity
@Table(name = "deliveries")
public class DeliveryEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;
    public String namespace = "";
    public String receiver = "";
    public String type = "";
    @Column(name = "delivery_id")
    public String deliveryId = "";
    public @Nullable String event;
    public String verdict = "";
    public @Nullable String reason;
    public int bytes;
    @Column(name = "received_at")
    public Instant receivedAt = Instant.EPOCH;
}
