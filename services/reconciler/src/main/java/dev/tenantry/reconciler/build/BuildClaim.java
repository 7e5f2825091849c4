package dev.tenantry.reconciler.build;

import java.time.Duration;

/**
 * Say for whom a build is.
 *
 * @param team whose share of the workers it takes
 * @param time how long it may take, within what the installation allows
 */
public record BuildClaim(String team, Duration time) {}
