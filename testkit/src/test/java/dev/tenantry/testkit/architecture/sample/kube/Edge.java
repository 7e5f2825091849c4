package dev.tenantry.testkit.architecture.sample.kube;

import dev.tenantry.testkit.architecture.sample.plan.Domain;

/** An edge may know the domain. */
public record Edge(Domain domain) {}
