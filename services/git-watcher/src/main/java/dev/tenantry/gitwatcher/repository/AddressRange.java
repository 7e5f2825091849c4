package dev.tenantry.gitwatcher.repository;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Hold a range of addresses in CIDR notation, of IPv4 or IPv6.
 *
 * @param text the range as it was written, such as {@code 10.0.0.0/8}
 */
public record AddressRange(String text) {

    public AddressRange {
        parse(text);
    }

    /** Tell whether the address is in the range; an IPv4 address mapped into IPv6 is taken as the IPv4 address. */
    boolean contains(InetAddress address) {
        Parsed range = parse(text);
        byte[] bytes = address.getAddress();
        if (bytes.length != range.network.length) {
            return false;
        }
        int whole = range.prefix / Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, range.network, 0, whole)) {
            return false;
        }
        int rest = range.prefix % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return rest == 0 || (bytes[whole] & mask) == (range.network[whole] & mask);
    }

    private static Parsed parse(String text) {
        int slash = text.indexOf('/');
        String network = slash < 0 ? "" : text.substring(0, slash);
        // Only literals: a name here would be looked up.
        if (!network.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + text + "' is not a range of addresses like 10.0.0.0/8");
        }
        try {
            byte[] bytes = InetAddress.getByName(network).getAddress();
            int prefix = Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
                throw new IllegalArgumentException("'" + text + "' has an impossible prefix length");
            }
            return new Parsed(bytes, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a range of addresses like 10.0.0.0/8", e);
        }
    }

    private record Parsed(byte[] network, int prefix) {}
}
