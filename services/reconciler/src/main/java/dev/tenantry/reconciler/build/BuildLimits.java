package dev.tenantry.reconciler.build;

import java.time.Duration;

/**
 * Bound what one build may take.
 *
 * @param files how many files may be read
 * @param fileBytes the size of one file
 * @param totalBytes the size of all files read
 * @param outputBytes the size of all objects together
 * @param time from the request to the result
 */
public record BuildLimits(int files, long fileBytes, long totalBytes, long outputBytes, Duration time) {

    private static final long MEBIBYTE = 1L << 20;

    public BuildLimits {
        if (files <= 0 || fileBytes <= 0 || totalBytes <= 0 || outputBytes <= 0) {
            throw new IllegalArgumentException("A limit is not positive");
        }
        if (!time.isPositive()) {
            throw new IllegalArgumentException("The time limit is not positive");
        }
    }

    /** Give limits that hold far more than any real repository that was seen asks for. */
    public static BuildLimits standard() {
        return new BuildLimits(
                50_000,
                16 * MEBIBYTE,
                256 * MEBIBYTE,
                64 * MEBIBYTE,
                Duration.ofSeconds(60));
    }

    /** Give the same limits with the shorter of two times. */
    BuildLimits atMost(Duration otherTime) {
        return otherTime.compareTo(time) < 0 ? within(otherTime) : this;
    }

    /** Give the same limits with another time. */
    public BuildLimits within(Duration otherTime) {
        return new BuildLimits(files, fileBytes, totalBytes, outputBytes, otherTime);
    }
}
