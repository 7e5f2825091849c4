package dev.tenantry.git;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of one entry of a tar archive: ustar (POSIX.1-1988), with a pax record (POSIX.1-2001) where a name or a size
 * does not fit. Owner, group and time are zero.
 */
final class TarEntryHeader {

    static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;
    private static final long MAX_OCTAL_SIZE = 0_77777777777L;

    private TarEntryHeader() {}

    /** Return all blocks that come before the entry's content. */
    static byte[] of(String path, char type, int mode, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int split = split(name);
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(path);
        if (split >= 0 && ascii && size <= MAX_OCTAL_SIZE) {
            return ustar(Arrays.copyOfRange(name, split == 0 ? 0 : split + 1, name.length),
                    Arrays.copyOfRange(name, 0, split), type, mode, size);
        }
        String records = split >= 0 && ascii ? "" : record("path", path);
        if (size > MAX_OCTAL_SIZE) {
            records += record("size", Long.toString(size));
        }
        byte[] extension = records.getBytes(StandardCharsets.UTF_8);
        byte[] nothing = {};
        byte[] paxName = "PaxHeaders.0/entry".getBytes(StandardCharsets.US_ASCII);
        byte[] shortened = Arrays.copyOf(name, Math.min(name.length, NAME_LENGTH));
        byte[] blocks = new byte[2 * BLOCK + padded(extension.length)];
        System.arraycopy(ustar(paxName, nothing, 'x', 0, extension.length), 0, blocks, 0, BLOCK);
        System.arraycopy(extension, 0, blocks, BLOCK, extension.length);
        System.arraycopy(ustar(shortened, nothing, type, mode, Math.min(size, MAX_OCTAL_SIZE)), 0, blocks,
                blocks.length - BLOCK, BLOCK);
        return blocks;
    }

    /** Return where a name is to be cut into prefix and name: 0 if it needs no prefix, -1 if it does not fit. */
    private static int split(byte[] name) {
        if (name.length <= NAME_LENGTH) {
            return 0;
        }
        for (int i = Math.min(PREFIX_LENGTH, name.length - 2); i > 0; i--) {
            if (name[i] == '/') {
                return name.length - i - 1 <= NAME_LENGTH ? i : -1;
            }
        }
        return -1;
    }

    static int padded(int length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** A record begins with its own length, in decimal, which counts too. */
    private static String record(String key, String value) {
        String body = " " + key + "=" + value + "\n";
        int bodyLength = body.getBytes(StandardCharsets.UTF_8).length;
        int length = bodyLength + Integer.toString(bodyLength).length();
        if (Integer.toString(length).length() > Integer.toString(bodyLength).length()) {
            length++;
        }
        return length + body;
    }

    private static byte[] ustar(byte[] name, byte[] prefix, char type, int mode, long size) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, name.length);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, 0);
        block[156] = (byte) type;
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, block, 257, 8);
        octal(block, 329, 8, 0);
        octal(block, 337, 8, 0);
        System.arraycopy(prefix, 0, block, 345, prefix.length);
        int sum = 8 * ' ';
        for (byte value : block) {
            sum += value & 0xff;
        }
        octal(block, 148, 7, sum);
        block[155] = ' ';
        return block;
    }

    private static void octal(byte[] block, int offset, int width, long value) {
        byte[] digits = Long.toOctalString(value).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(block, offset, offset + width - 1, (byte) '0');
        System.arraycopy(digits, 0, block, offset + width - 1 - digits.length, digits.length);
    }
}
