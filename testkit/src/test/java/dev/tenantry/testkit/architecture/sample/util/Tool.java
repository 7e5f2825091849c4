package dev.tenantry.testkit.architecture.sample.util;

/** Stands in a package whose name tells nothing. */
public final class Tool {}
