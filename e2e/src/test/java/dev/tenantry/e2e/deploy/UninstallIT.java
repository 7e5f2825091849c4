package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.api.ObjectApi;
import dev.tenantry.kubernetes.sealedsecret.SealedSecret;
import dev.tenantry.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;

class UninstallIT {

    private static final String SYSTEM = "tenantry-system";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FINALIZER = "finalizers.fluxcd.io";

    private static ControlPlane cluster;
    private static KubernetesClient client;

    private String team;

    @BeforeAll
    static void start() {
        cluster = ControlPlane.start();
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void install() throws Exception {
        team = cluster.newNamespace();
        ObjectApi api = ObjectApi.of(client);
        Overlay.of("overlays/services").apply(api);
        Overlay.of("tenant-namespace", team).apply(api);
    }

    @AfterEach
    void removeWhatKeepsTheNamespaceAndTheKinds() {
        client.apps().deployments().inNamespace(SYSTEM).withName("web").delete();
        client.apps().deployments().inNamespace(team).withName("web").delete();
        client.secrets().inNamespace(SYSTEM).withName("sealed-secrets-key").delete();
    }

    @Test
    void workloadsGoOnThoughTheirKustomizationPrunes() throws Exception {
        // Given
        deliver(team);
        List<Pod> pods = runningPods(team);

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(client.apps().deployments().inNamespace(team).withName("web").get().getMetadata())
                .satisfies(metadata -> assertThat(metadata.getDeletionTimestamp()).isNull());
        assertThat(client.pods().inNamespace(team).list().getItems())
                .extracting(pod -> pod.getMetadata().getUid())
                .containsExactlyElementsOf(pods.stream().map(pod -> pod.getMetadata().getUid()).toList());
    }

    @Test
    void nothingOfTenantryStays() throws Exception {
        // Given
        deliver(team);

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(client.namespaces().withName(SYSTEM).get()).isNull();
        assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems()).isEmpty();
        assertThat(client.rbac().clusterRoles().list().getItems()).extracting(UninstallIT::name)
                .noneMatch(name -> name.startsWith("tenantry"));
        assertThat(client.rbac().clusterRoleBindings().list().getItems()).extracting(UninstallIT::name)
                .noneMatch(name -> name.startsWith("tenantry"));
        assertThat(client.rbac().roleBindings().inNamespace(team).list().getItems()).isEmpty();
        assertThat(client.rbac().roles().inNamespace(team).list().getItems()).isEmpty();
    }

    @Test
    void uninstallAfterAnUninstallDoesNothing() throws Exception {
        // Given
        Uninstall.run(cluster);

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
    }

    @Test
    void kindsAndObjectsCanBeKeptForFlux() throws Exception {
        // Given
        deliver(team);
        deliver(SYSTEM);

        // When
        Uninstall ended = Uninstall.run(cluster, "--keep-kinds");

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems()).hasSize(5);
        for (String namespace : List.of(team, SYSTEM)) {
            GenericKubernetesResource kept = client.genericKubernetesResources("kustomize.toolkit.fluxcd.io/v1",
                    "Kustomization").inNamespace(namespace).withName("web").get();
            assertThat(kept.getMetadata().getFinalizers()).containsExactly(FINALIZER);
            assertThat(kept.<Boolean>get("spec", "suspend")).isNull();
        }
        assertThat(client.apps().deployments().inNamespace(SYSTEM).list().getItems()).extracting(UninstallIT::name)
                .containsExactly("web");
        assertThat(client.apps().statefulSets().inNamespace(SYSTEM).list().getItems()).isEmpty();
        assertThat(client.policy().v1().podDisruptionBudget().inNamespace(SYSTEM).list().getItems()).isEmpty();
        assertThat(client.serviceAccounts().inNamespace(SYSTEM).list().getItems()).extracting(UninstallIT::name)
                .containsExactly("default");
    }

    @Test
    void namespaceStaysWhereKustomizationsAppliedToIt() throws Exception {
        // Given
        deliver(SYSTEM);

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("tenantry-system stays", "deployment.apps/web");
        assertThat(client.namespaces().withName(SYSTEM).get().getMetadata().getDeletionTimestamp()).isNull();
        assertThat(client.apps().deployments().inNamespace(SYSTEM).list().getItems()).extracting(UninstallIT::name)
                .containsExactly("web");
    }

    @Test
    void secretsOutliveTheSealedSecretsThatOwnThem() throws Exception {
        // Given
        seal(team);

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems()).isEmpty();
        assertThat(client.secrets().inNamespace(team).withName("database").get().getMetadata())
                .satisfies(metadata -> assertThat(metadata.getOwnerReferences()).isEmpty())
                .satisfies(metadata -> assertThat(metadata.getDeletionTimestamp()).isNull());
    }

    @Test
    void namespaceStaysWhereSealingKeysAre() throws Exception {
        // Given
        client.resource(new SecretBuilder().withNewMetadata()
                .withName("sealed-secrets-key")
                .withNamespace(SYSTEM)
                .addToLabels("sealedsecrets.bitnami.com/sealed-secrets-key", "active")
                .endMetadata()
                .build()).create();

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("tenantry-system stays", "secret/sealed-secrets-key");
        assertThat(client.secrets().inNamespace(SYSTEM).withName("sealed-secrets-key").get().getMetadata())
                .satisfies(metadata -> assertThat(metadata.getDeletionTimestamp()).isNull());
    }

    @Test
    void kindOfTheOriginalControllerIsNotRemovedBesideIt() throws Exception {
        // Given
        deliver(team);
        client.apps()
                .deployments()
                .inNamespace(team)
                .withName("web")
                .patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"app.kubernetes.io/name\": \"sealed-secrets\"}}}");

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).isNotZero();
        assertThat(ended.output()).contains("--keep-kinds");
        assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems()).hasSize(5);
    }

    @Test
    void kindsThatFluxInstalledAreNotRemoved() throws Exception {
        // Given
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gitrepositories.source.toolkit.fluxcd.io")
                .patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"app.kubernetes.io/part-of\": \"flux\"}}}");

        // When
        Uninstall ended = Uninstall.run(cluster);

        // Then
        assertThat(ended.status()).isNotZero();
        assertThat(ended.output()).contains("--keep-kinds");
        assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems()).hasSize(5);
        assertThat(client.apps().statefulSets().inNamespace(SYSTEM).list().getItems()).hasSize(1);
    }

    /** Leave in a namespace what a Kustomization leaves that was reconciled. */
    private void deliver(String namespace) {
        List<HasMetadata> objects = Serialization.unmarshal("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata:
                  name: web
                  finalizers: [finalizers.fluxcd.io]
                spec:
                  interval: 1m
                  url: https://git.example.org/web.git
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: web
                  finalizers: [finalizers.fluxcd.io]
                spec:
                  interval: 1m
                  prune: true
                  sourceRef:
                    kind: GitRepository
                    name: web
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                  labels:
                    kustomize.toolkit.fluxcd.io/name: web
                    kustomize.toolkit.fluxcd.io/namespace: %s
                spec:
                  selector:
                    matchLabels:
                      app: web
                  template:
                    metadata:
                      labels:
                        app: web
                    spec:
                      securityContext:
                        runAsNonRoot: true
                        seccompProfile:
                          type: RuntimeDefault
                      containers:
                        - name: web
                          image: web
                          securityContext:
                            allowPrivilegeEscalation: false
                            capabilities:
                              drop: [ALL]
                """.formatted(namespace));
        objects.forEach(object -> client.resource(object)
                .inNamespace(namespace)
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply());
    }

    /** Leave in a namespace a SealedSecret and the Secret that was made of it. */
    private void seal(String namespace) {
        SealedSecret sealed = client.resource(Serialization.unmarshal("""
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata:
                  name: database
                spec:
                  encryptedData:
                    password: AgBteQ==
                """, SealedSecret.class)).inNamespace(namespace).create();
        client.resource(new SecretBuilder().withNewMetadata()
                .withName("database")
                .withNamespace(namespace)
                .addNewOwnerReference()
                .withApiVersion("bitnami.com/v1alpha1")
                .withKind(SealedSecret.KIND)
                .withName("database")
                .withUid(sealed.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build()).create();
    }

    private List<Pod> runningPods(String namespace) {
        return await().atMost(SOON)
                .until(() -> client.pods().inNamespace(namespace).list().getItems(), pods -> !pods.isEmpty()
                        && pods.stream().allMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
