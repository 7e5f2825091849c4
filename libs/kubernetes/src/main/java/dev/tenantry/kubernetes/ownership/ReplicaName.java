package dev.tenantry.kubernetes.ownership;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** The name of a replica that was given none. */
public final class ReplicaName {

    private ReplicaName() {}

    /** Return the name of the host, which is the pod's in a cluster; a random one if the host has none. */
    public static String ofHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // Any name will do that no other replica has.
            return UUID.randomUUID().toString();
        }
    }
}
