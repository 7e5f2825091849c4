package dev.tenantry.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jgit.lib.Repository;

/** Keep a few repositories open; the others cost a file's name until they are used again. */
final class OpenRepositories implements AutoCloseable {

    private static final int MOST = 64;

    private final long maxObjectBytes;
    private final Map<Path, Repository> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenRepositories(long maxObjectBytes) {
        GitEnvironment.prepare();
        this.maxObjectBytes = maxObjectBytes;
    }

    /** Return a repository for one use, after which the caller closes it. */
    synchronized Repository acquire(Path directory) throws IOException {
        Repository repository = open.get(directory);
        if (repository == null) {
            repository = new LimitedRepository(directory, maxObjectBytes);
            open.put(directory, repository);
            closeBeyond(MOST);
        }
        repository.incrementOpen();
        return repository;
    }

    private void closeBeyond(int count) {
        Iterator<Repository> eldestFirst = open.values().iterator();
        while (open.size() > count) {
            // Whoever uses it at the moment has counted himself in and closes it last.
            eldestFirst.next().close();
            eldestFirst.remove();
        }
    }

    /** Forget a repository that is going to be deleted or replaced. */
    synchronized void release(Path directory) {
        Repository repository = open.remove(directory);
        if (repository != null) {
            repository.close();
        }
    }

    @Override
    public synchronized void close() {
        closeBeyond(0);
    }
}
