package dev.tenantry.gitwatcher;

import java.io.IOException;
import java.util.Optional;

import org.jboss.logging.Logger;

import dev.tenantry.git.ContentServer;
import dev.tenantry.git.RepositoryStore;
import dev.tenantry.git.Revision;
import dev.tenantry.git.SourceId;
import dev.tenantry.gitwatcher.repository.Fetched;
import dev.tenantry.gitwatcher.repository.Fetcher;
import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Artifact;

/**
 * See to it that this replica has what a consumer is about to fetch, whichever replica fetched it first.
 *
 * <p>The object's status says which revision that is. Only a replica that lacks it asks the remote.
 */
public final class ContentSupply {

    private static final Logger LOG = Logger.getLogger(ContentSupply.class);

    private final Sources sources;
    private final Fetcher fetcher;
    private final RepositoryStore store;

    public ContentSupply(Sources sources, Fetcher fetcher, RepositoryStore store) {
        this.sources = sources;
        this.fetcher = fetcher;
        this.store = store;
    }

    /** Tell whether there is content of the source here, fetching it first if need be. */
    public boolean has(NamespacedName name) {
        Optional<Source> source = sources.known(name);
        if (source.isEmpty()) {
            return false;
        }
        Artifact artifact = source.get().status().artifact();
        if (artifact == null) {
            return false;
        }
        Optional<Revision> wanted = Revision.tryParse(artifact.revision());
        if (wanted.isPresent() && isHere(name, wanted.get())) {
            return true;
        }
        // The remote may have moved on meanwhile, or be away: what is here is served in either case.
        if (fetcher.fetch(source.get()) instanceof Fetched.Failed failed) {
            LOG.warnf("What another replica fetched could not be fetched here name=%s reason=%s", name,
                    failed.message());
        }
        return new ContentServer(store).serves(id(name));
    }

    /** Give the name under which the store knows the source. */
    public static SourceId id(NamespacedName source) {
        return Fetcher.id(source);
    }

    private boolean isHere(NamespacedName name, Revision wanted) {
        try {
            return store.commit(id(name), wanted.commit()).isPresent();
        } catch (IOException e) {
            LOG.warnf(e, "The store could not be read name=%s", name);
            return false;
        }
    }
}
