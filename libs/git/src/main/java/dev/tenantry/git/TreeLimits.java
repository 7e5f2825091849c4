package dev.tenantry.git;

/**
 * Bound what one tree may describe: trees may name each other many times, so that a kilobyte of them has room for
 * billions of files.
 *
 * @param entries the most files and folders
 * @param bytes the most bytes of all files together
 */
record TreeLimits(long entries, long bytes) {

    /** Return how many entries a snapshot keeps of what it read, some 200 bytes each: a whole tree, and some to spare. */
    long kept() {
        return entries + entries / 4;
    }

    /** Return how many all snapshots keep together. */
    long keptByAll() {
        return 2 * kept();
    }
}
