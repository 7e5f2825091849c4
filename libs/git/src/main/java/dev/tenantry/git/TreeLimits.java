package dev.tenantry.git;

/**
 * Bound what one tree may describe: trees may name each other many times, so that a kilobyte of them has room for
 * billions of files.
 *
 * @param entries the most files and folders
 * @param bytes the most bytes of all files together
 */
record TreeLimits(long entries, long bytes) {}
