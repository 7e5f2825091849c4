package dev.tenantry.e2e.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;

import dev.tenantry.e2e.FrontDoor;
import dev.tenantry.e2e.ServiceProcess;
import dev.tenantry.testkit.api.ApiProxy;
import dev.tenantry.testkit.cluster.ControlPlane;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;
import dev.tenantry.testkit.kafka.Broker;
import dev.tenantry.testkit.kubeseal.Kubeseal;
import dev.tenantry.testkit.original.OriginalController;
import io.fabric8.kubernetes.api.model.EnvVar;

/**
 * A cluster in which now the original controller and now secrets-service runs, as its Deployments say: each is a process
 * that stands for the pod, with the account of the pod.
 */
final class BothControllers implements AutoCloseable {

    private static final String SYSTEM = "tenantry-system";
    private static final String OF_THE_ORIGINAL = "kube-system";
    private static final String SERVICE = "secrets-service";
    private static final String NAME = "sealed-secrets-controller";

    private final ControlPlane cluster;
    private final Broker broker;
    private final Shell shell;
    private final ApiProxy api;
    private @Nullable OriginalController original;
    private @Nullable ServiceProcess service;

    private BothControllers(ControlPlane cluster, Broker broker, Shell shell, ApiProxy api) {
        this.cluster = cluster;
        this.broker = broker;
        this.shell = shell;
        this.api = api;
    }

    /** Prepare a person's folder and programs: a checkout, kubectl, kubeseal and age-keygen. */
    static BothControllers with(ControlPlane cluster, Broker broker, Path folder) throws Exception {
        Shell shell = new Shell(folder);
        ApiProxy api = ApiProxy.before(cluster.kubeconfig());
        shell.set("KUBECONFIG", cluster.kubeconfig().toString());
        shell.set("TENANTRY_HOME", LocalClusterPrograms.home().toString());
        shell.program("kubectl", "exec " + LocalClusterPrograms.find().binaries().resolve("kubectl") + " \"$@\"");
        // The pods that the API server would ask are processes of this test, which the proxy asks in their place.
        shell.program("kubeseal", "KUBECONFIG=" + api.kubeconfig() + " exec " + Kubeseal.find().program() + " \"$@\"");
        shell.local("tenantry", "exec " + FrontDoor.program()
                .stream()
                .map("'%s'"::formatted)
                .collect(Collectors.joining(" ")) + " \"$@\"");
        var operator = new X25519KeyPairGenerator().generateKeyPair();
        shell.program("age-keygen", """
                case $1 in
                    -o) echo %s >"$2" ;;
                    -y) [[ -s $2 ]] && echo %s ;;
                esac""".formatted(operator.getPrivate(), operator.getPublic()));
        copy(Overlay.deploy(), folder.resolve("deploy"));
        return new BothControllers(cluster, broker, shell, api);
    }

    /** Do what a step says, in all its blocks. */
    String follow(DocumentedSteps.Step step) throws IOException, InterruptedException {
        return run(String.join("", step.blocks()));
    }

    /** Do what one block of a step says. */
    String follow(DocumentedSteps.Step step, int block) throws IOException, InterruptedException {
        return run(step.blocks().get(block));
    }

    /** Take the other overlay that the steps name, since no volumes are made here for the StatefulSet of the first. */
    private String run(String commands) throws IOException, InterruptedException {
        return shell.run(commands.replace("statefulset/standalone", "deployment/" + SERVICE));
    }

    /** Install the original controller, as its manifest does, and start it. */
    void installOriginal() throws IOException, InterruptedException {
        Path manifest = shell.folder().resolve("controller.yaml");
        Files.write(manifest, BothControllers.class.getResourceAsStream("original.yaml").readAllBytes());
        shell.run("kubectl apply -f " + manifest);
        if (cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("sealedsecrets.bitnami.com")
                .get() == null) {
            shell.run("kubectl apply -f " + OriginalController.definition()
                    + "\nkubectl wait --for=condition=established --timeout=30s crd/sealedsecrets.bitnami.com");
        }
        OriginalController started = OriginalController.start(shell.folder(),
                new Account(OF_THE_ORIGINAL, NAME).config(cluster), OF_THE_ORIGINAL);
        original = started;
        api.route(OF_THE_ORIGINAL, NAME, started.url());
    }

    /** Do what a step says that ends the pods of the original. */
    void stopOriginalAfter(DocumentedSteps.Step step) throws IOException, InterruptedException {
        follow(step);
        if (original != null) {
            original.close();
        }
    }

    /** Put the file that a step shows where it says. */
    void installFrom(DocumentedSteps.Step step) throws IOException {
        Files.writeString(kustomization(), step.yaml().getFirst().replace("overlays/standalone", "overlays/services"));
    }

    /** Take the components out of that file. */
    void installWithoutComponents() throws IOException {
        Files.writeString(kustomization(), Files.readString(kustomization()).replaceAll("(?s)components:.*", ""));
    }

    /** Start secrets-service as its Deployment says now; where it runs, it is replaced. */
    void startService(Map<String, String> settings) throws IOException {
        if (service != null) {
            service.close();
        }
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : cluster.client()
                .apps()
                .deployments()
                .inNamespace(SYSTEM)
                .withName(SERVICE)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()) {
            if (variable.getName().startsWith("SECRETS_SERVICE_")) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        environment.put("KUBECONFIG", new Account(SYSTEM, SERVICE).kubeconfig(cluster, shell.folder()).toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("SECRETS_SERVICE_KEYS_SIZE", "2048");
        environment.putAll(settings);
        ServiceProcess started = ServiceProcess.start("services/secrets-service", shell.folder(), environment);
        service = started;
        api.route(SYSTEM, NAME, started.url());
    }

    ServiceProcess service() {
        ServiceProcess running = service;
        if (running == null) {
            throw new IllegalStateException("secrets-service was not started");
        }
        return running;
    }

    /** Give the certificate that kubeseal gets now. */
    String certificate() throws IOException, InterruptedException {
        String namespace = shell.get("SEALED_SECRETS_CONTROLLER_NAMESPACE");
        return shell.run("kubeseal --controller-namespace " + (namespace == null ? OF_THE_ORIGINAL : namespace)
                + " --fetch-cert");
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        if (original != null) {
            original.close();
        }
        api.close();
    }

    private Path kustomization() {
        return shell.folder().resolve("deploy/kustomization.yaml");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
