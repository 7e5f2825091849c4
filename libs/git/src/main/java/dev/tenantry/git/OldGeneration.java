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

    /** Collect it if a fifth of it may be garbage; with another collector, nothing happens. */
    static void tidy() {
        collectIf(OldGeneration::hasGrownByAQuarter);
    }

    /** Collect it if most of it may be garbage, which a burst of work leaves; with another collector, nothing happens. */
    static void bound() {
        collectIf(OldGeneration::hasMoreThanDoubled);
    }

    private static void collectIf(Growth growth) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage last = pool.getCollectionUsage();
            if (pool.getName().equals(SERIAL) && last != null
                    && growth.isReached(pool.getUsage().getUsed(), last.getUsed())) {
                System.gc();
            }
        }
    }

    /** When a collection, which stops all threads, is worth it. */
    private interface Growth {

        /**
         * @param used bytes that are in use, garbage included
         * @param alive bytes that were alive after the last collection; 0 before the first
         */
        boolean isReached(long used, long alive);
    }

    static boolean hasGrownByAQuarter(long used, long alive) {
        return used > alive + alive / 4 + 4 * MIB;
    }

    static boolean hasMoreThanDoubled(long used, long alive) {
        return used > 2 * alive + 16 * MIB;
    }
}
