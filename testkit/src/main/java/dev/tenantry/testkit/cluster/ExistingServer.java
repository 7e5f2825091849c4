package dev.tenantry.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A cluster that someone else runs and that stays when the tests end.
 * <p>
 * A person is the administrator who impersonates that person, since only the cluster's owner can issue certificates.
 */
record ExistingServer(Path kubeconfig) implements Server {

    @Override
    public Path kubeconfigFor(String user, List<String> groups) {
        try {
            var config = Serialization.unmarshal(Files.readString(kubeconfig),
                    io.fabric8.kubernetes.api.model.Config.class);
            config.getClusters().forEach(named -> makeAbsolute(named.getCluster()));
            config.getUsers().forEach(named -> {
                makeAbsolute(named.getUser());
                named.getUser().setAs(user);
                named.getUser().setAsGroups(groups);
            });
            Path file = Files.createTempFile("tenantry-person-", ".kubeconfig");
            file.toFile().deleteOnExit();
            return Files.writeString(file, Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Config configFor(String user, List<String> groups) {
        return new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups.toArray(String[]::new))
                .build();
    }

    @Override
    public void stop() {
        // Who started it stops it.
    }

    // Paths in a kubeconfig are relative to its folder, which the new file is not in.
    private void makeAbsolute(Cluster cluster) {
        cluster.setCertificateAuthority(absolute(cluster.getCertificateAuthority()));
    }

    private void makeAbsolute(AuthInfo user) {
        user.setClientCertificate(absolute(user.getClientCertificate()));
        user.setClientKey(absolute(user.getClientKey()));
        user.setTokenFile(absolute(user.getTokenFile()));
    }

    private String absolute(String path) {
        return path == null || path.isEmpty() ? path : kubeconfig.resolveSibling(path).toAbsolutePath().toString();
    }
}
