package dev.tenantry.git;

import java.nio.file.Path;

/**
 * Configure a store.
 *
 * @param directory where the repositories are; made if absent, used by one process only
 * @param addresses which addresses may be connected to
 * @param insecureHttp whether {@code http://} is allowed too
 * @param maxPackBytes the most that one fetch may receive
 * @param maxObjectBytes the largest object, inflated
 * @param maxRepositoryBytes the largest repository on disk, and the most bytes of all files of one tree
 * @param maxEntries the most files and folders of one tree
 */
public record StoreSettings(Path directory, AddressPolicy addresses, boolean insecureHttp, long maxPackBytes,
        long maxObjectBytes, long maxRepositoryBytes, long maxEntries) {

    private static final long MIB = 1024L * 1024;

    /**
     * Return the defaults: https only, any address, 1 GiB for a fetch, 256 MiB for an object, 4 GiB for a repository, 200,000
     * files and folders.
     */
    public static StoreSettings in(Path directory) {
        return new StoreSettings(directory, AddressPolicy.any(), false, 1024 * MIB, 256 * MIB, 4096 * MIB,
                200_000);
    }

    public StoreSettings withAddresses(AddressPolicy policy) {
        return new StoreSettings(directory, policy, insecureHttp, maxPackBytes, maxObjectBytes, maxRepositoryBytes,
                maxEntries);
    }

    public StoreSettings withInsecureHttp(boolean allowed) {
        return new StoreSettings(directory, addresses, allowed, maxPackBytes, maxObjectBytes, maxRepositoryBytes,
                maxEntries);
    }

    /** Limit a fetch, an object and a repository, in bytes. */
    public StoreSettings withLimits(long packBytes, long objectBytes, long repositoryBytes) {
        return new StoreSettings(directory, addresses, insecureHttp, packBytes, objectBytes, repositoryBytes,
                maxEntries);
    }

    /** Limit the files and folders of a tree. */
    public StoreSettings withMaxEntries(long entries) {
        return new StoreSettings(directory, addresses, insecureHttp, maxPackBytes, maxObjectBytes, maxRepositoryBytes,
                entries);
    }

    TreeLimits treeLimits() {
        return new TreeLimits(maxEntries, maxRepositoryBytes);
    }
}
