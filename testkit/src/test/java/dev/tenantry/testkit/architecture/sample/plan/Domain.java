package dev.tenantry.testkit.architecture.sample.plan;

import dev.tenantry.testkit.architecture.sample.kube.Edge;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The domain must know neither an edge nor a framework. */
public record Domain(Edge[] edges, KubernetesClient client) {}
