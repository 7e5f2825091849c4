package dev.tenantry.gitwatcher.wiring;

import java.time.Clock;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.OwnedSources;
import dev.tenantry.gitwatcher.TracedLook;
import dev.tenantry.gitwatcher.kube.KubernetesSources;
import dev.tenantry.gitwatcher.poll.Poller;
import dev.tenantry.gitwatcher.poll.Schedule;
import io.smallrye.common.annotation.Identifier;

/** Follow GitRepository objects, and look at those that are due. */
@Singleton
class SourceWatch {

    private final KubernetesSources sources;
    private final OwnedSources owned;
    private final Schedule schedule;
    private final TracedLook look;
    private final GitWatcherConfig config;

    SourceWatch(KubernetesSources sources, OwnedSources owned, @Identifier("git-watcher-sources") Schedule schedule,
            TracedLook look, GitWatcherConfig config) {
        this.sources = sources;
        this.owned = owned;
        this.schedule = schedule;
        this.look = look;
        this.config = config;
    }

    /** Start, and give what to close, in the order of starting. */
    List<AutoCloseable> start() {
        Poller poller = new Poller(schedule, look);
        poller.start();
        return List.of(poller, sources.watch(config.watchLabelSelector().orElse(""), owned, Clock.systemUTC()));
    }
}
