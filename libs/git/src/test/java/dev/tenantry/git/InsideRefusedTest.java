package dev.tenantry.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsideRefusedTest {

    private static final List<AddressRange> CLUSTER = List.of(AddressRange.parse("10.96.0.0/12"),
            AddressRange.parse("fd00:1::/32"));

    private final AddressPolicy policy = new InsideRefused(CLUSTER, List.of(), List.of());

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1",
            "10.96.0.1", "10.111.255.255", "fd00:1::10", "::ffff:169.254.169.254", "::ffff:10.96.0.1"})
    void whatIsInsideIsRefused(String inside) throws Exception {
        assertThat(policy.permits("git.example.org", address(inside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"140.82.121.4", "10.95.255.255", "10.112.0.1", "192.168.1.1", "2606:50c0::1", "fd00:2::1"})
    void whatIsOutsideIsPermitted(String outside) throws Exception {
        assertThat(policy.permits("git.example.org", address(outside))).isTrue();
    }

    @Test
    void whatIsAllowedIsPermittedAllTheSame() throws Exception {
        // Given
        AddressPolicy allowing = new InsideRefused(CLUSTER, List.of(AddressRange.parse("10.96.7.7")),
                List.of("gitea.local"));

        // Then
        assertThat(allowing.permits("any", address("10.96.7.7"))).isTrue();
        assertThat(allowing.permits("any", address("10.96.7.8"))).isFalse();
        assertThat(allowing.permits("Gitea.local", address("127.0.0.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "300.1.1.1"})
    void whatIsNoRangeIsSaid(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("range of IP addresses");
    }
}
