package dev.tenantry.e2e.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** A service account, and what its pods would have. */
record Account(String namespace, String name) {

    private static final long AN_HOUR = 3600;

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
        return cluster.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec()
                        .withAudiences(List.of(audiences))
                        .withExpirationSeconds(AN_HOUR)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
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
