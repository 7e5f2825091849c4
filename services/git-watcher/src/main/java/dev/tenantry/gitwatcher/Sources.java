package dev.tenantry.gitwatcher;

import java.util.Collection;
import java.util.Optional;

import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

/**
 * Read and mark GitRepository objects.
 *
 * <p>Every method but {@link #known} and {@link #all} asks the API server, and throws {@link dev.tenantry.kubernetes.api.ApiException}
 * when that cannot be reached or refuses.
 */
public interface Sources {

    /** Give an object as it was last seen, without asking. */
    Optional<Source> known(NamespacedName name);

    /** Give all objects as they were last seen, without asking. */
    Collection<Source> all();

    /** Read an object afresh. */
    Optional<Source> read(NamespacedName name);

    /** Tell whether an object is there, whatever is in it. */
    boolean exists(NamespacedName name);

    /** Keep an object from vanishing before it is {@link #release released}; gives it as it is then. */
    Source hold(Source source);

    /** Let an object vanish. */
    void release(Source source);

    /** Write the status, if the object is still as it was read; gives it as it is then, empty if it is not. */
    Optional<Source> write(Source source, GitRepositoryStatus status);
}
