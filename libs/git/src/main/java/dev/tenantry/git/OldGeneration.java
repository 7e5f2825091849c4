package dev.tenantry.git;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;

/**
 * The old generation of a heap that the serial collector keeps, which is best for small heaps.
 * <p>
 * That collector lets the generation grow up to the heap's limit before it looks for garbage in it: a service that idles
 * for days would take what its limit allows, however little is alive.
 */
final class OldGeneration {

    private static final String SERIAL = "Tenured Gen";
    private static final long MIB = 1024 * 1024;

    private OldGeneration() {}

    /** Collect it if a fifth of it may be garbage or a third is free; with another collector, nothing happens. */
    static void tidy() {
        collectIf((now, alive) -> hasGrownByAQuarter(now.getUsed(), alive) || hasRoom(now.getCommitted(), alive));
    }

    /** Collect it if most of it may be garbage, which a burst of work leaves; with another collector, nothing happens. */
    static void bound() {
        collectIf((now, alive) -> hasMoreThanDoubled(now.getUsed(), alive));
    }

    private static void collectIf(Growth growth) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage last = pool.getCollectionUsage();
            if (pool.getName().equals(SERIAL) && last != null
                    && growth.isReached(pool.getUsage(), last.getUsed())) {
                System.gc();
            }
        }
    }

    /** When a collection, which stops all threads, is worth it. */
    private interface Growth {

        /**
         * @param now what is in use, garbage included, and what the heap keeps for it
         * @param alive bytes that were alive after the last collection; 0 before the first
         */
        boolean isReached(MemoryUsage now, long alive);
    }

    static boolean hasGrownByAQuarter(long used, long alive) {
        return used > alive + alive / 4 + 4 * MIB;
    }

    /** A collection leaves 30 % free (MaxHeapFreeRatio), so that none is asked for again and again. */
    static boolean hasRoom(long committed, long alive) {
        return alive > 0 && committed > alive + alive / 2 + 4 * MIB;
    }

    static boolean hasMoreThanDoubled(long used, long alive) {
        return used > 2 * alive + 16 * MIB;
    }
}
