package dev.tenantry.e2e.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;

/**
 * How a run of {@code deploy/uninstall} ended.
 *
 * @param output what it printed, errors included
 */
record Uninstall(int status, String output) {

    /** Run it on a cluster until it ends. */
    static Uninstall run(ControlPlane cluster, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Overlay.deploy().resolve("uninstall").toString(),
                "--kubeconfig", cluster.kubeconfig().toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .merge("PATH", LocalClusterPrograms.find().binaries().toString(),
                        (path, kubectl) -> kubectl + File.pathSeparator + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Uninstall(process.waitFor(), output);
    }
}
