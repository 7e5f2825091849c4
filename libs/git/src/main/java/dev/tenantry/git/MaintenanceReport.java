package dev.tenantry.git;

/**
 * Say what a maintenance run did.
 *
 * @param repositories how many repositories are left
 * @param repacked how many were repacked
 * @param deleted how many were deleted because no source uses them
 * @param failed how many could not be maintained; the reason is logged and the next run tries again
 * @param bytesBefore the size on disk before
 * @param bytesAfter the size on disk after
 */
public record MaintenanceReport(int repositories, int repacked, int deleted, int failed, long bytesBefore,
        long bytesAfter) {}
