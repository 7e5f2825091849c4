package dev.tenantry.testkit.git;

import java.io.InputStream;
import java.util.Random;

/** Bytes that do not compress, the same in each run. */
final class RandomBytes extends InputStream {

    private final Random random = new Random(1);
    private long left;

    RandomBytes(long size) {
        this.left = size;
    }

    @Override
    public int read() {
        return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        byte[] bytes = new byte[(int) Math.min(left, length)];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        left -= bytes.length;
        return bytes.length;
    }
}
