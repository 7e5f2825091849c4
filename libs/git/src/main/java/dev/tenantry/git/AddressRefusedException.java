package dev.tenantry.git;

import java.io.IOException;

/** The {@link AddressPolicy} does not permit a connection. */
final class AddressRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String host;

    AddressRefusedException(String host) {
        // The address stays unsaid: it would tell a tenant what a name means inside our network.
        super("Connections to the address of " + host + " are not allowed here");
        this.host = host;
    }

    String host() {
        return host;
    }
}
