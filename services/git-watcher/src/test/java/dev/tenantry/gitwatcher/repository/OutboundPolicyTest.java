package dev.tenantry.gitwatcher.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {

    private static final List<AddressRange> CLUSTER = List.of(
            new AddressRange("10.96.0.0/12"), new AddressRange("fd00:10::/32"));
    private final OutboundPolicy strict = new OutboundPolicy(false, false, false, CLUSTER);
    private final OutboundPolicy open = new OutboundPolicy(true, true, true, CLUSTER);

    @ParameterizedTest
    @CsvSource({
            "git.example.org, 127.0.0.1", "git.example.org, ::1", "git.example.org, 0.0.0.0", "git.example.org, ::",
            "git.example.org, 169.254.169.254", "git.example.org, fe80::1", "git.example.org, 10.100.3.4",
            "git.example.org, fd00:10:2::1", "git.example.org, ::ffff:127.0.0.1", "git.example.org, ::ffff:10.96.0.1",
            "gitea.tools.svc, 203.0.113.9", "gitea.tools.svc.cluster.local, 203.0.113.9",
            "GITEA.tools.SVC.cluster.local., 203.0.113.9"})
    void addressesOnlyThisPodReachesAreRefused(String host, String address) throws Exception {
        // When / Then
        assertThat(strict.permits(host, InetAddress.getByName(address))).isFalse();
        assertThat(open.permits(host, InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "git.example.org, 203.0.113.9", "git.example.org, 10.95.255.255", "git.example.org, 10.112.0.0",
            "git.example.org, 2001:db8::1", "svc.example.org, 203.0.113.9"})
    void othersArePermitted(String host, String address) throws Exception {
        // When / Then
        assertThat(strict.permits(host, InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "example.org/8", "10.0.0.0/x", "/8", "fd00::/129"})
    void whatIsNoRangeIsRefused(String text) {
        // When / Then
        assertThatThrownBy(() -> new AddressRange(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
