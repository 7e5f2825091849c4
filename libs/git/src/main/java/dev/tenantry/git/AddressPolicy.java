package dev.tenantry.git;

import java.net.InetAddress;

/**
 * Decide which addresses may be connected to. It is asked for every address that a name resolves to, directly before
 * connecting, for the remote, its redirects and its proxy, so that neither a name nor a redirect gets around it.
 */
@FunctionalInterface
public interface AddressPolicy {

    /** Say whether a connection to this address, found for this host name, may be made. */
    boolean permits(String host, InetAddress address);

    /** Return the policy without limits, for tests and for the command line. */
    static AddressPolicy any() {
        return (host, address) -> true;
    }
}
