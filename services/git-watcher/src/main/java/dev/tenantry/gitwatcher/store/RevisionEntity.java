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

/** A revision that a source came to have. */
@Entity
@Table(name = "revisions")
public class RevisionEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;
    public String namespace = "";
    public String name = "";
    public String revision = "";
    public @Nullable String previous;
    @Column(name = "commit_id")
    public String commitId = "";
    public String author = "";
    public String email = "";
    public String message = "";
    @Column(name = "committed_at")
    public Instant committedAt = Instant.EPOCH;
    @Column(name = "observed_at")
    public Instant observedAt = Instant.EPOCH;
    @Column(name = "changed_paths", columnDefinition = "text[]")
    public String[] changedPaths = {};
    public boolean truncated;
}
