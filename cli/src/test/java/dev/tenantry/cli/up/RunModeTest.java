package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunModeTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"})
    void onLoopbackTheServicesAreOpen(String address) {
        assertThat(RunMode.environment(HttpAddress.parse(address)))
                .containsEntry("GIT_WATCHER_ALLOW_LOOPBACK", "true")
                .containsEntry("GIT_WATCHER_ACCESS_REQUIRED", "false")
                .containsEntry("RECONCILER_ACCESS_REQUIRED", "false")
                .containsEntry("SECRETS_SERVICE_ACCESS_REQUIRED", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8080", "[::]:8080"})
    void whereOthersReachThemTheirOwnDefaultsStay(String address) {
        assertThat(RunMode.environment(HttpAddress.parse(address))).isEmpty();
    }
}
