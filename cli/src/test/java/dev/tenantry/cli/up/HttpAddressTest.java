package dev.tenantry.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.cli.terminal.CommandFailure;

class HttpAddressTest {

    @Test
    void hostAndPortAreRead() {
        assertThat(HttpAddress.parse("127.0.0.1:8080")).isEqualTo(new HttpAddress("127.0.0.1", 8080));
        assertThat(HttpAddress.parse("[::1]:80")).isEqualTo(new HttpAddress("[::1]", 80))
                .extracting(HttpAddress::bare)
                .isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "localhost", ":8080", "localhost:", "localhost:http", "localhost:70000"})
    void anythingElseIsRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> HttpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void anAddressOfAllInterfacesIsReachedOnLoopback() {
        assertThat(HttpAddress.parse("0.0.0.0:8080").localUri()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(HttpAddress.parse("localhost:8080").localUri()).isEqualTo(URI.create("http://localhost:8080"));
    }

    @Test
    void portZeroFindsAFreePort() {
        assertThat(HttpAddress.parse("127.0.0.1:0").claim().port()).isPositive();
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            HttpAddress address = new HttpAddress("127.0.0.1", taken.getLocalPort());

            // Then
            assertThatThrownBy(address::claim).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--http");
        }
    }
}
