package dev.tenantry.testkit.architecture.sample.unmarked;

/** Stands in a package that says nothing of itself. */
public final class Plain {}
