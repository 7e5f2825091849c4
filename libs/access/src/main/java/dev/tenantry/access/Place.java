package dev.tenantry.access;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Where a request came from. */
public enum Place {
    /** A loopback address. */
    LOOPBACK,
    /** Another address of this machine, as where a service listens on that address only. */
    OWN_ADDRESS,
    /** Anywhere else. */
    ELSEWHERE;

    /** @param remote the IP address of the connection's other end */
    static Place of(String remote) {
        if (Loopback.isAddress(remote)) {
            return LOOPBACK;
        }
        if (remote.isBlank()) {
            // To the resolver it would be this machine.
            return ELSEWHERE;
        }
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(remote)) == null ? ELSEWHERE : OWN_ADDRESS;
        } catch (UnknownHostException | SocketException e) {
            // Whoever cannot be placed gets no more than strangers do.
            return ELSEWHERE;
        }
    }
}
