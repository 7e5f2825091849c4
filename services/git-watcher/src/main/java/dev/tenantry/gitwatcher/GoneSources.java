package dev.tenantry.gitwatcher;

import java.io.IOException;

import org.jboss.logging.Logger;

import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.SourceId;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiException;

/**
 * Drop what was fetched for sources whose objects are gone.
 *
 * <p>The replica that owns a source drops it at once. Those that owned it before, or served it, are not told.
 */
public final class GoneSources {

    private static final Logger LOG = Logger.getLogger(GoneSources.class);

    private final Sources sources;
    private final RepositoryStore store;

    public GoneSources(Sources sources, RepositoryStore store) {
        this.sources = sources;
        this.store = store;
    }

    /** Forget them. While the API server does not answer, everything stays. */
    public void forget() {
        try {
            for (SourceId fetched : store.sources()) {
                NamespacedName name = new NamespacedName(fetched.namespace(), fetched.name());
                // What the watch has not seen may be there all the same: it may not have begun.
                if (sources.known(name).isEmpty() && !sources.exists(name)) {
                    forget(fetched);
                }
            }
        } catch (ApiException e) {
            LOG.warnf("Which sources are gone is not known, so all stay reason=%s", e.getMessage());
        }
    }

    private void forget(SourceId source) {
        try {
            store.forget(source);
        } catch (IOException e) {
            LOG.warnf(e, "What was fetched for a deleted source stays on disk name=%s", source);
        }
    }
}
