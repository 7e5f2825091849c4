package dev.tenantry.testkit.cluster;

import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.client.Config;

/** Where a control plane comes from, and how its people get in. */
interface Server {

    Path kubeconfig();

    Path kubeconfigFor(String user, List<String> groups);

    Config configFor(String user, List<String> groups);

    void stop();
}
