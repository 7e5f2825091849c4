package dev.tenantry.cli.up;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.tenantry.cli.process.Children;

/** A way to run the services. */
sealed interface RunMode permits Standalone, SeparateServices {

    /** Start the services and return once all are ready. */
    void start(Children children) throws IOException, InterruptedException;

    /**
     * Return git-watcher's settings on one person's machine, where nobody else reaches it: it may fetch remotes on that
     * machine, and nobody must say who asks. On an address that others reach, its own strict defaults stay.
     */
    static Map<String, String> gitWatcherSettings(HttpAddress http) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (http.isLoopback()) {
            settings.put("git-watcher.allow-http", "true");
            settings.put("git-watcher.allow-loopback", "true");
            settings.put("git-watcher.allow-cluster", "true");
            settings.put("git-watcher.access.required", "false");
        }
        return settings;
    }

    /** Return the reconciler's settings, by the same rule. */
    static Map<String, String> reconcilerSettings(HttpAddress http) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (http.isLoopback()) {
            settings.put("reconciler.access.required", "false");
        }
        return settings;
    }
}
