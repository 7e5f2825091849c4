package dev.tenantry.cli.up;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import dev.tenantry.cli.process.Children;

/** A way to run the services. */
sealed interface RunMode permits Standalone, SeparateServices {

    /** Start the services and return once all are ready. */
    void start(Children children) throws IOException, InterruptedException;

    /**
     * Return what the services are told on one person's machine, where nobody else reaches them: they may fetch remotes
     * on that machine, and nobody must say who asks. On an address that others reach, their own strict defaults stay.
     */
    static Map<String, String> environment(HttpAddress http) {
        Map<String, String> environment = new HashMap<>();
        if (http.isLoopback()) {
            environment.put("GIT_WATCHER_ALLOW_HTTP", "true");
            environment.put("GIT_WATCHER_ALLOW_LOOPBACK", "true");
            environment.put("GIT_WATCHER_ALLOW_CLUSTER", "true");
            environment.put("GIT_WATCHER_ACCESS_REQUIRED", "false");
            environment.put("RECONCILER_ACCESS_REQUIRED", "false");
            environment.put("SECRETS_SERVICE_ACCESS_REQUIRED", "false");
        }
        return environment;
    }
}
