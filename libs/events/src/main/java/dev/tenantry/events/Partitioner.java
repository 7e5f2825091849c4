package dev.tenantry.events;

import java.nio.charset.StandardCharsets;

/** Kafka's default choice of a keyed record's partition, for whoever must know an owner without a producer. */
public final class Partitioner {

    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SHIFT = 24;

    private Partitioner() {}

    /**
     * Tell the partition of a key: murmur2 of its UTF-8 bytes without the sign bit, modulo the number of partitions.
     *
     * <p>Equal to the default partitioner of Kafka's Java producer since 0.9, on which all replicas must agree.
     */
    public static int partition(String key, int partitions) {
        return (murmur2(key.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % partitions;
    }

    /** Hash with MurmurHash2, 32 bits, by Austin Appleby (public domain), with the seed that Kafka chose. */
    private static int murmur2(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int word = (bytes[i] & 0xff) | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff) << 16
                    | (bytes[i + 3] & 0xff) << 24;
            word *= MULTIPLIER;
            word ^= word >>> SHIFT;
            hash = hash * MULTIPLIER ^ word * MULTIPLIER;
        }
        if (whole < bytes.length) {
            for (int i = bytes.length - 1; i >= whole; i--) {
                hash ^= (bytes[i] & 0xff) << 8 * (i - whole);
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ hash >>> 15;
    }
}
