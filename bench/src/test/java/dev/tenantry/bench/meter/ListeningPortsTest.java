package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ListeningPortsTest {

    @Test
    void onlyListeningSocketsOfTheProcessCount() {
        // Given
        List<String> table = List.of(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 501 1 0",
                "   1: 0100007F:1F91 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 502 1 0",
                "   2: 0100007F:1F92 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1 0");

        // Then
        assertThat(ListeningPorts.ports(table, Set.of("501", "502"))).containsExactly(8080);
    }

    @Test
    void thisProcessListensWhereItDoes() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(ListeningPorts.of(ProcessHandle.current().pid()))
                    .contains(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
        }
    }
}
