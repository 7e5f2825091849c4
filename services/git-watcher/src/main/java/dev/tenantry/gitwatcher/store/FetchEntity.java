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

/** A look at a source that found something new, or failed. */
@Entity
@Table(name = "fetches")
public class FetchEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;
    public String namespace = "";
    public String name = "";
    public String cause = "";
    public String result = "";
    public @Nullable String message;
    public @Nullable String revision;
    public long millis;
    @Column(name = "ended_at")
    public Instant endedAt = Instant.EPOCH;
}
