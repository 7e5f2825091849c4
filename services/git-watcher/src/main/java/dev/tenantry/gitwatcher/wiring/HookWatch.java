package dev.tenantry.gitwatcher.wiring;

import java.time.Clock;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.gitwatcher.HookLook;
import dev.tenantry.gitwatcher.OwnedHooks;
import dev.tenantry.gitwatcher.kube.KubernetesHooks;
import dev.tenantry.gitwatcher.poll.Poller;
import dev.tenantry.gitwatcher.poll.Schedule;
import io.smallrye.common.annotation.Identifier;

/** Follow Receiver objects, and look at those that are due. */
@Singleton
class HookWatch {

    private final KubernetesHooks hooks;
    private final OwnedHooks owned;
    private final Schedule schedule;
    private final HookLook look;
    private final GitWatcherConfig config;

    HookWatch(KubernetesHooks hooks, OwnedHooks owned, @Identifier("git-watcher-receivers") Schedule schedule,
            HookLook look, GitWatcherConfig config) {
        this.hooks = hooks;
        this.owned = owned;
        this.schedule = schedule;
        this.look = look;
        this.config = config;
    }

    /** Start, and give what to close, in the order of starting. */
    List<AutoCloseable> start() {
        Poller poller = new Poller(schedule, look::look);
        poller.start();
        return List.of(poller, hooks.watch(config.watchLabelSelector().orElse(""), owned, Clock.systemUTC()));
    }
}
