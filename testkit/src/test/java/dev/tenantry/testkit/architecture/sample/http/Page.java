package dev.tenantry.testkit.architecture.sample.http;

import io.fabric8.kubernetes.client.KubernetesClient;

/** An edge may know frameworks. */
public record Page(KubernetesClient client) {}
