package dev.tenantry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void loopbackIsLoopback(String remote) {
        assertThat(Place.of(remote)).isEqualTo(Place.LOOPBACK);
    }

    @Test
    void anAddressOfAnInterfaceIsOurOwn() throws SocketException {
        assertThat(NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .map(Place::of)).allMatch(Place.OWN_ADDRESS::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7", "2001:db8::7", "", "no address"})
    void everythingElseIsElsewhere(String remote) {
        assertThat(Place.of(remote)).isEqualTo(Place.ELSEWHERE);
    }
}
