package dev.tenantry.cli.secrets;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options that say where the keys of a cluster are. */
final class KeysPlace {

    static final String USUAL_NAMESPACE = "tenantry-system";

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The cluster, by its current context; by default that of kubectl.")
    private @Nullable Path kubeconfig;

    @Option(names = "--namespace", paramLabel = "NS", description = "The namespace of the keys' Secrets; by default "
            + USUAL_NAMESPACE + ".")
    private String namespace = USUAL_NAMESPACE;

    KeySecrets connect() throws IOException {
        return KeySecrets.connect(kubeconfig);
    }

    String namespace() {
        return namespace;
    }
}
