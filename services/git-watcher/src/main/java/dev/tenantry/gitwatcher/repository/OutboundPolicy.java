package dev.tenantry.gitwatcher.repository;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

import dev.tenantry.git.AddressPolicy;

/**
 * Keep sources from reaching what only this pod can reach: URLs are written by tenants, but fetched from inside.
 *
 * @param allowLoopback whether this machine's own addresses may be fetched from
 * @param allowLinkLocal whether link-local addresses may be, among them the metadata services of clouds
 * @param allowCluster whether the cluster's own names and addresses may be
 * @param clusterRanges the addresses that count as the cluster's
 */
public record OutboundPolicy(boolean allowLoopback, boolean allowLinkLocal, boolean allowCluster,
        List<AddressRange> clusterRanges) implements AddressPolicy {

    private static final List<String> CLUSTER_SUFFIXES = List.of(".svc", ".cluster.local");

    public OutboundPolicy {
        clusterRanges = List.copyOf(clusterRanges);
    }

    @Override
    public boolean permits(String host, InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return allowLoopback;
        }
        if (address.isLinkLocalAddress()) {
            return allowLinkLocal;
        }
        if (address.isMulticastAddress()) {
            return false;
        }
        return allowCluster || !isOfCluster(host, address);
    }

    private boolean isOfCluster(String host, InetAddress address) {
        String name = host.toLowerCase(Locale.ROOT);
        String withoutRoot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return CLUSTER_SUFFIXES.stream().anyMatch(withoutRoot::endsWith)
                || clusterRanges.stream().anyMatch(range -> range.contains(address));
    }
}
