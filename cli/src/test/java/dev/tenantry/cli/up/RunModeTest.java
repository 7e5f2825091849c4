package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunModeTest {

    @Test
    void onlyOnLoopbackAreTheServicesOpen() {
        assertThat(RunMode.settings(HttpAddress.parse("127.0.0.1:8080")))
                .containsEntry("reconciler.access.required", "false")
                .containsEntry("git-watcher.allow-loopback", "true");
        assertThat(RunMode.settings(HttpAddress.parse("0.0.0.0:8080"))).isEmpty();
        assertThat(RunMode.settings(HttpAddress.parse("[::]:8080"))).isEmpty();
    }
}
