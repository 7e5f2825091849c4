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
 * @param maxRepositoryBytes the largest repository on disk
 */
public record StoreSettings(Path directory, AddressPolicy addresses, boolean insecureHttp, long maxPackBytes,
        long maxObjectBytes, long maxRepositoryBytes) {

    private static final long MIB = 1024L * 1024;

    /** Return the defaults: https only, any address, 1 GiB for a fetch, 256 MiB for an object, 4 GiB for a repository. */
    public static StoreSettings in(Path directory) {
        return new StoreSettings(directory, AddressPolicy.any(), false, 1024 * MIB, 256 * MIB, 4096 * MIB);
    }

    public StoreSettings withAddresses(AddressPolicy policy) {
        return new StoreSettings(directory, policy, insecureHttp, maxPackBytes, maxObjectBytes, maxRepositoryBytes);
    }

    public StoreSettings withInsecureHttp(boolean allowed) {
        return new StoreSettings(directory, addresses, allowed, maxPackBytes, maxObjectBytes, maxRepositoryBytes);
    }

    /** Limit a fetch, an object and a repository, in bytes. */
    public StoreSettings withLimits(long packBytes, long objectBytes, long repositoryBytes) {
        return new StoreSettings(directory, addresses, insecureHttp, packBytes, objectBytes, repositoryBytes);
    }
}
