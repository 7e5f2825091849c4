package dev.tenantry.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Knows the addresses and names that lead to this machine only. */
final class Loopback {

    private Loopback() {}

    /** Tells whether an address, or a name with all that it resolves to, is loopback. */
    static boolean isAddress(String host) {
        if (host.isBlank()) {
            // To the resolver it would be loopback, to a listener it means every address.
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Tells whether a URL names loopback literally, without asking a resolver that someone else may control. */
    static boolean isUrl(String url) {
        try {
            String name = URI.create(url).getHost();
            return name != null
                    && (name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
