package dev.tenantry.git;

import java.net.InetAddress;
import java.util.List;

/**
 * Refuse what is inside: this machine, its links (where clouds hand out credentials), multicast, and the cluster's own
 * ranges, unless an address or a host is allowed by name.
 *
 * @param cluster the ranges of the cluster's pods and services
 * @param allowedRanges what may be connected to all the same
 * @param allowedHosts names that may be connected to all the same, whatever they mean
 */
public record InsideRefused(List<AddressRange> cluster, List<AddressRange> allowedRanges, List<String> allowedHosts)
        implements
            AddressPolicy {

    public InsideRefused {
        cluster = List.copyOf(cluster);
        allowedRanges = List.copyOf(allowedRanges);
        allowedHosts = List.copyOf(allowedHosts);
    }

    @Override
    public boolean permits(String host, InetAddress address) {
        if (allowedHosts.stream().anyMatch(host::equalsIgnoreCase)
                || allowedRanges.stream().anyMatch(range -> range.contains(address))) {
            return true;
        }
        boolean special = address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()
                || address.isMulticastAddress();
        return !special && cluster.stream().noneMatch(range -> range.contains(address));
    }
}
