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

    /** Collect it if much of it may be garbage; with another collector, nothing happens. */
    static void tidy() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage last = pool.getCollectionUsage();
            if (pool.getName().equals(SERIAL) && last != null && isWorthIt(pool.getUsage().getUsed(), last.getUsed())) {
                System.gc();
            }
        }
    }

    /**
     * Tell whether a collection, which stops all threads, may give back a third, and more than a little.
     *
     * @param used bytes that are in use, garbage included
     * @param alive bytes that were alive after the last collection; 0 before the first
     */
    static boolean isWorthIt(long used, long alive) {
        return used > alive + alive / 2 + 4 * MIB;
    }
}
