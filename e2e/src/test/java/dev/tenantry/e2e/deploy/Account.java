package dev.tenantry.e2e.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.TestAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** A service account, and what its pods would have. */
record Account(String namespace, String name) {

    /** Give what a client in the account's pods is configured by. */
    Config config(ControlPlane cluster) {
        Config admin = cluster.client().getConfiguration();
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(admin.getMasterUrl())
                .withCaCertData(admin.getCaCertData())
                .withCaCertFile(admin.getCaCertFile())
                .withOauthToken(token(cluster))
                .build();
    }

    /** Give a token for some audiences, for the API server itself when there are none. */
    String token(ControlPlane cluster, String... audiences) {
        return new TestAccount(cluster.client(), namespace, name).token(audiences);
    }

    /** Write what {@link #config} gives as a kubeconfig. */
    Path kubeconfig(ControlPlane cluster, Path folder) throws IOException {
        Config config = config(cluster);
        String authorities = config.getCaCertData() != null
                ? config.getCaCertData()
                : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
        return Files.writeString(folder.resolve(name + ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: cluster
                contexts:
                  - name: cluster
                    context: {cluster: cluster, user: account}
                clusters:
                  - name: cluster
                    cluster:
                      server: %s
                      certificate-authority-data: %s
                users:
                  - name: account
                    user: {token: %s}
                """.formatted(config.getMasterUrl(), authorities, config.getOauthToken()));
    }
}
