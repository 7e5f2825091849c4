package dev.tenantry.bench.rig;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import dev.tenantry.bench.meter.Meters;
import dev.tenantry.bench.workload.FluxKind;
import dev.tenantry.bench.workload.FluxObjects;
import dev.tenantry.cli.terminal.CommandFailure;
import dev.tenantry.testkit.git.GitServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Everything that one run of a bench needs; what it makes in a cluster that stays is deleted at the close. */
public final class Rig implements AutoCloseable {

    /** Where the platform's own sources and Kustomizations are, which are applied with all rights. */
    public static final String PLATFORM = "flux-system";

    private static final Duration CLEANUP_LIMIT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Installation installation;
    private final KubernetesClient client;
    private final GitServer git;
    private final Meters meters;
    private final Consumer<String> progress;
    private final String run = HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());

    private Rig(Installation installation, KubernetesClient client, GitServer git, Meters meters,
            Consumer<String> progress) {
        this.installation = installation;
        this.client = client;
        this.git = git;
        this.meters = meters;
        this.progress = progress;
    }

    /** Connect to an installation, which stays its opener's. */
    public static Rig open(Installation installation, Consumer<String> progress) throws InterruptedException {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(installation.kubeconfig().toFile()))
                .build();
        try {
            var meters = new Meters(client, installation.pids(), installation.addresses());
            return new Rig(installation, client, GitServer.start(), meters, progress);
        } catch (KubernetesClientException e) {
            client.close();
            throw new CommandFailure("The cluster of %s can't be used: %s".formatted(installation.kubeconfig(),
                    e.getMessage()), e);
        }
    }

    public Installation installation() {
        return installation;
    }

    public KubernetesClient client() {
        return client;
    }

    public GitServer git() {
        return git;
    }

    public Meters meters() {
        return meters;
    }

    /** Return meters of the controllers that run now, where they change. */
    public Meters newMeters() throws InterruptedException {
        return new Meters(client, installation.pids(), installation.addresses());
    }

    /** Return the word that all of this run's objects have as a label and in their names. */
    public String run() {
        return run;
    }

    /** Tell the person at the terminal what goes on. */
    public void say(String progressMessage) {
        progress.accept(progressMessage);
    }

    /** Make a namespace of this run, and return its name. */
    public String namespace(String suffix) {
        String name = "bench-%s-%s".formatted(run, suffix);
        client.resource(new NamespaceBuilder().withNewMetadata()
                .withName(name)
                .addToLabels(FluxObjects.RUN_LABEL, run)
                .endMetadata()
                .build()).create();
        return name;
    }

    /** Make the platform's namespace where it is missing. */
    public void needPlatform() {
        Namespace platform = new NamespaceBuilder().withNewMetadata().withName(PLATFORM).endMetadata().build();
        try {
            client.resource(platform).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        try {
            if (!installation.isTemporary()) {
                clean();
            }
        } finally {
            git.close();
            client.close();
        }
    }

    private void clean() throws InterruptedException {
        say("deleting what the bench has made");
        FluxKind.KUSTOMIZATION.in(client).inAnyNamespace().withLabel(FluxObjects.RUN_LABEL, run).delete();
        long deadline = System.nanoTime() + CLEANUP_LIMIT.toNanos();
        while (!FluxKind.KUSTOMIZATION.in(client)
                .inAnyNamespace()
                .withLabel(FluxObjects.RUN_LABEL, run)
                .list()
                .getItems()
                .isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("the controllers don't finalize the Kustomizations with the label %s=%s"
                        .formatted(FluxObjects.RUN_LABEL, run));
            }
            Thread.sleep(PAUSE);
        }
        for (FluxKind kind : List.of(FluxKind.RECEIVER, FluxKind.GIT_REPOSITORY)) {
            kind.in(client).inAnyNamespace().withLabel(FluxObjects.RUN_LABEL, run).delete();
        }
        client.secrets().inAnyNamespace().withLabel(FluxObjects.RUN_LABEL, run).delete();
        client.namespaces().withLabel(FluxObjects.RUN_LABEL, run).delete();
    }
}
