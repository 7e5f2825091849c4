package dev.tenantry.secretsservice;

import java.util.Optional;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;

/** The Secrets of the cluster. Every method that writes or reads one throws an {@link ApiException} when it is refused. */
public interface Secrets {

    /** Find what a watch has told of a Secret; empty also where none was followed yet. */
    Optional<LiveSecret> known(NamespacedName name);

    /** Read a Secret with its values. */
    Optional<Manifest> read(NamespacedName name);

    /** Make a Secret, unless there is one of its name. */
    boolean create(Manifest secret);

    /** Change a Secret; a conflict is thrown when it is no longer as it was read. */
    void write(SecretPlan.Write change);
}
