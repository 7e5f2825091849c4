package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunModeTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"})
    void onLoopbackTheServicesAreOpen(String address) {
        HttpAddress http = HttpAddress.parse(address);

        assertThat(RunMode.gitWatcherSettings(http)).containsEntry("git-watcher.access.required", "false")
                .containsEntry("git-watcher.allow-loopback", "true");
        assertThat(RunMode.reconcilerSettings(http)).containsEntry("reconciler.access.required", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8080", "[::]:8080"})
    void whereOthersReachThemTheirOwnDefaultsStay(String address) {
        HttpAddress http = HttpAddress.parse(address);

        assertThat(RunMode.gitWatcherSettings(http)).isEmpty();
        assertThat(RunMode.reconcilerSettings(http)).isEmpty();
    }
}
