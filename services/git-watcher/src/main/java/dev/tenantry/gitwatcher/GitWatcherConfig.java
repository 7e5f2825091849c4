package dev.tenantry.gitwatcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.tenantry.access.AccessConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How git-watcher works; every property is under {@code git-watcher}. */
@ConfigMapping(prefix = "git-watcher")
public interface GitWatcherConfig {

    /** @return whether this service watches sources; switched off, it only answers, as in tests of other parts */
    @WithDefault("true")
    boolean enabled();

    /** @return the folder of repositories and keys; losing it costs one clone of each source */
    @WithDefault("data/git-watcher")
    Path dataDirectory();

    /**
     * @return scheme, host and port under which this replica is reached by consumers; by default loopback and the
     *     port it listens on, which suits one process only
     */
    Optional<URI> advertisedUrl();

    /** @return the name of this replica in events, by default the host's name */
    Optional<String> replica();

    /** @return how many sources are looked at at once; each holds a thread and, during a fetch, a connection */
    @WithDefault("32")
    int concurrency();

    /** @return how many sources of one namespace are, so that a team's slow remotes leave room for the others */
    @WithDefault("8")
    int concurrencyOfNamespace();

    /** @return how many sources of one host are, so that a host that does not answer leaves room for the others */
    @WithDefault("16")
    int concurrencyOfHost();

    /** @return the largest deviation from a source's interval, as a fraction of it */
    @WithDefault("0.05")
    double jitter();

    Retry retry();

    /** @return the label selector of the objects that this installation serves, all when absent */
    Optional<String> watchLabelSelector();

    /** @return the namespaces whose Receivers may name objects of others, beside the installation's own */
    @WithDefault("flux-system")
    Set<String> platformNamespaces();

    /** @return whether {@code http://} remotes may be fetched, where anybody on the way can change what is deployed */
    @WithDefault("false")
    boolean allowHttp();

    /** @return whether remotes on this machine may be */
    @WithDefault("false")
    boolean allowLoopback();

    /** @return whether remotes with link-local addresses may be, among them the metadata services of clouds */
    @WithDefault("false")
    boolean allowLinkLocal();

    /** @return whether remotes inside the cluster may be */
    @WithDefault("false")
    boolean allowCluster();

    /**
     * @return the addresses that count as the cluster's. The default is all that is private: narrow it to the pod and
     *     service ranges where git servers have private addresses too
     */
    @WithDefault("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7")
    List<String> clusterRanges();

    /** @return the key that signs artifact URLs, at least 32 characters; by default one kept in the data folder */
    Optional<String> installationKey();

    /** @return the service accounts that may fetch over the git protocol, as {@code namespace:name} */
    @WithDefault("tenantry-system:reconciler")
    Set<String> consumers();

    /** @return a token that may fetch too, for consumers in the same process */
    Optional<String> consumerToken();

    /** @return the namespace that this service runs in, where its Lease is while there is no broker */
    @WithDefault("tenantry-system")
    String namespace();

    /** @return how long to wait for the broker before the Lease decides who owns the sources */
    @WithDefault("15s")
    Duration brokerPatience();

    /** @return who may use the REST API */
    AccessConfig access();

    Repositories repositories();

    Webhooks webhooks();

    History history();

    /** How failures are retried. */
    interface Retry {

        /** @return how long after the first failure; it doubles with each failure in a row */
        @WithDefault("2s")
        Duration first();

        /** @return the bound of the doubling */
        @WithDefault("5m")
        Duration longest();
    }

    /** How repositories are kept. */
    interface Repositories {

        /** @return the size above which a repository is refused, in bytes on disk, or of all files of a revision */
        @WithDefault("10737418240")
        long mostBytes();

        /** @return the most, in bytes, that one fetch may receive */
        @WithDefault("2147483648")
        long mostBytesOfFetch();

        /** @return the size, in bytes, of the largest file that is accepted */
        @WithDefault("104857600")
        long mostBytesOfObject();

        /** @return the most files and folders of a revision, without those in folders that are left out as a whole */
        @WithDefault("200000")
        long mostEntries();

        /** @return how often to look which repositories need to be repacked and their unreachable objects collected */
        @WithDefault("5m")
        Duration collectEvery();

        /** @return how long an object stays that nothing refers to any more */
        @WithDefault("1h")
        Duration grace();
    }

    /** What callers of webhooks may do. */
    interface Webhooks {

        /** @return the largest body, in bytes */
        @WithDefault("1048576")
        int mostBytes();

        /** @return how many calls of one receiver are taken at once */
        @WithDefault("100")
        int burst();

        /** @return after how long one more is */
        @WithDefault("100ms")
        Duration refill();
    }

    /** What is kept in Postgres. */
    interface History {

        /** @return whether a history is kept at all */
        @WithDefault("true")
        boolean enabled();

        /** @return how long */
        @WithDefault("30d")
        Duration retention();

        /** @return how many entries wait for Postgres before new ones are dropped and counted */
        @WithDefault("1000")
        int buffer();
    }
}
