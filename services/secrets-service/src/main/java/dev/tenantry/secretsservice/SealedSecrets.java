package dev.tenantry.secretsservice;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

/** The SealedSecrets of the cluster, as a watch brings them. */
public interface SealedSecrets {

    /** Hears of what a watch brings, one call at a time. */
    interface Listener {

        /** Take note of one that was made or changed; {@code before} is null for one not seen yet. */
        void seen(@Nullable KnownSealedSecret before, KnownSealedSecret now, Manifest object);

        /** Take note of one that is gone. */
        void gone(NamespacedName name);
    }

    Optional<KnownSealedSecret> known(NamespacedName name);

    Collection<KnownSealedSecret> all();

    /** Read one with its values; empty when there is none. Throws an ApiException when it cannot be read. */
    Optional<Manifest> read(NamespacedName name);

    /**
     * Write the status, if nobody else has changed the object since; throws an ApiException for any other refusal.
     *
     * @return the object as it is then; empty when it has changed or is gone
     */
    Optional<KnownSealedSecret> write(KnownSealedSecret sealed, ObjectNode status);
}
