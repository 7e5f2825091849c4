package dev.tenantry.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/**
 * Talk to a server over git's smart HTTP protocol: first its references, then objects. JGit's own fetch asks for the
 * references again before it fetches, which doubles the time of a small push.
 */
final class Conversation implements AutoCloseable {

    private final Transport transport;
    private final FetchConnection connection;
    private final HttpExchange exchange;

    private Conversation(Transport transport, FetchConnection connection, HttpExchange exchange) {
        this.transport = transport;
        this.connection = connection;
        this.exchange = exchange;
    }

    /**
     * Ask a server for the references that begin with one of the prefixes (servers before protocol 2 tell all).
     *
     * @param depth how many commits of history to fetch, 0 for all
     */
    static Conversation open(Repository repository, HttpExchange exchange, Remote remote, Collection<String> prefixes,
            int depth) throws IOException {
        Transport transport = transport(repository, remote);
        try {
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (depth > 0) {
                transport.setDepth(depth);
            }
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(exchange);
            }
            List<RefSpec> specs = prefixes.stream().map(Conversation::spec).toList();
            FetchConnection connection = transport.openFetch(specs);
            if (!(connection instanceof BasePackFetchConnection)) {
                connection.close();
                throw new PackProtocolException("the server does not speak git's smart HTTP protocol");
            }
            return new Conversation(transport, connection, exchange);
        } catch (IOException | RuntimeException failed) {
            transport.close();
            throw failed;
        }
    }

    private static Transport transport(Repository repository, Remote remote) throws IOException {
        try {
            return Transport.open(repository, new URIish(remote.url().toString()));
        } catch (URISyntaxException noUrl) {
            throw new IOException("Not a URL: " + noUrl.getReason(), noUrl);
        }
    }

    private static RefSpec spec(String prefix) {
        return prefix.endsWith("/") ? new RefSpec(prefix + "*:" + prefix + "*") : new RefSpec(prefix);
    }

    RemoteReferences references() {
        return new RemoteReferences(connection.getRefsMap());
    }

    /** Fetch what the references lead to; nothing is asked for if there are none. */
    void fetch(Collection<Ref> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        connection.fetch(new UntilDeadline(), wanted, Set.of());
        // A cancelled fetch returns as if all was well.
        if (exchange.deadline().hasPassed()) {
            throw new InterruptedIOException("the time for the fetch is over");
        }
    }

    /** End the conversation; until then what was fetched is safe from collection without a reference. */
    @Override
    public void close() throws IOException {
        try {
            for (PackLock lock : connection.getPackLocks()) {
                lock.unlock();
            }
        } finally {
            connection.close();
            transport.close();
        }
    }

    private final class UntilDeadline extends EmptyProgressMonitor {
        @Override
        public boolean isCancelled() {
            return exchange.deadline().hasPassed();
        }
    }
}
