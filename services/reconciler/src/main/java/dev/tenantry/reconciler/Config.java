package dev.tenantry.reconciler;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import dev.tenantry.access.AccessConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the reconciler. */
@ConfigMapping(prefix = "reconciler")
public interface Config {

    /** Where fetched sources are kept; it may be empty at each start. */
    @WithDefault("/tmp/reconciler")
    Path data();

    /** The namespace of the installation: of its Lease, its key and the platform's account. */
    @WithDefault("tenantry-system")
    String namespace();

    /** Namespaces that may refer to others and apply as the platform's account, beside the installation's own. */
    @WithDefault("flux-system")
    Set<String> platformNamespaces();

    /** The service account, in the installation's namespace, that applies for platform namespaces. */
    @WithDefault("tenantry-platform")
    String platformAccount();

    /** How often a target looks at a dependency that is not ready, though nothing woke it up. */
    @WithDefault("30s")
    Duration dependencyRetry();

    /** Who may ask by REST. */
    AccessConfig access();

    GitWatcher gitWatcher();

    Repositories repositories();

    Runs runs();

    Build build();

    Inventory inventory();

    /** Where sources are fetched from. */
    interface GitWatcher {

        /** The base URL of git-watcher. */
        @WithDefault("http://git-watcher")
        URI url();

        /** A file with a token for git-watcher that is renewed in place; in a pod, a projected service-account token. */
        Optional<Path> tokenFile();

        /** A token for git-watcher, for both in one process or on one machine. */
        Optional<String> token();

        /** How long one fetch may take. */
        @WithDefault("60s")
        Duration timeout();
    }

    /** How fetched sources are kept. */
    interface Repositories {

        /** The size of all of them, in bytes on disk, above which those go that were not asked for longest. */
        @WithDefault("8589934592")
        long mostBytes();

        /** How often to look which of them need to be repacked and their unreachable objects collected. */
        @WithDefault("5m")
        Duration collectEvery();

        /** How long an object stays that nothing refers to any more, and a source that nobody asks for. */
        @WithDefault("1h")
        Duration grace();
    }

    /** How much runs at once. */
    interface Runs {

        /** Runs of all teams together. */
        @WithDefault("16")
        int total();

        /** Runs of one team. */
        @WithDefault("8")
        int perTeam();

        /** Runs of one team while somebody of another one changes something too, or did within the last minute. */
        @WithDefault("1")
        int perTeamSharing();

        /** Objects that one run applies at once. */
        @WithDefault("4")
        int objects();

        /** How long a new CustomResourceDefinition may take until it serves its kind. */
        @WithDefault("10s")
        Duration establish();
    }

    /** How builds run. */
    interface Build {

        /** Workers, each a process that builds one target at a time; a team has at most all but one. */
        @WithDefault("3")
        int workers();

        /** The heap of one worker in MiB; a build that needs more fails. */
        @WithDefault("512")
        int workerMemory();

        /** How long one build may take. */
        @WithDefault("60s")
        Duration timeout();
    }

    /** How it is remembered what was applied. */
    interface Inventory {

        /** How much of an inventory stays in the status of its Kustomization, in bytes; the rest goes into InventoryParts. */
        @WithDefault("524288")
        int bytesInStatus();
    }
}
