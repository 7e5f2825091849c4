package dev.tenantry.git;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as {@code 10.96.0.0/12}; an address alone is a range
 * of one.
 */
public final class AddressRange {

    /** Only literals, so that parsing never asks a name server. */
    private static final Pattern CIDR = Pattern
            .compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

    private final String text;
    private final byte[] prefix;
    private final int length;

    private AddressRange(String text, byte[] prefix, int length) {
        this.text = text;
        this.prefix = prefix;
        this.length = length;
    }

    /**
     * Read a range.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static AddressRange parse(String text) {
        Matcher matcher = CIDR.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a range of IP addresses: \"" + text + "\"");
        }
        try {
            byte[] prefix = InetAddress.getByName(matcher.group(1)).getAddress();
            int length = matcher.group(2) == null ? prefix.length * Byte.SIZE : Integer.parseInt(matcher.group(2));
            if (length > prefix.length * Byte.SIZE) {
                throw new IllegalArgumentException("Not a range of IP addresses: \"" + text + "\"");
            }
            return new AddressRange(text.strip(), prefix, length);
        } catch (UnknownHostException noAddress) {
            throw new IllegalArgumentException("Not a range of IP addresses: \"" + text + "\"", noAddress);
        }
    }

    /** Say whether an address is in the range. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((bytes[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
