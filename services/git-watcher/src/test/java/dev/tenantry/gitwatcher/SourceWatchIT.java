package dev.tenantry.gitwatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tenantry.events.RevisionObserved;
import dev.tenantry.events.SourceFailed;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.kubernetes.source.GitRepository;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;
import dev.tenantry.testkit.git.GitServer;
import dev.tenantry.testkit.git.TestRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(RealServers.class)
class SourceWatchIT {

    @Inject
    KubernetesClient client;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private GitServer server;
    private TestRepository repository;
    private TestCluster cluster;
    private PublishedEvents events;

    @BeforeEach
    void start() {
        server = GitServer.start();
        repository = server.repository("apps");
        repository.file("app.yaml", "a: 1\n");
        cluster = new TestCluster(client);
        events = new PublishedEvents(bootstrapServers);
    }

    @AfterEach
    void stop() {
        events.close();
        server.close();
    }

    @Test
    void aNewSourceBecomesReadyAtItsRevision() {
        // Given
        String commit = repository.commit("Add the app");

        // When
        cluster.source("apps", spec("interval: 1h"));

        // Then
        GitRepositoryStatus status = cluster.awaitReady("apps");
        String revision = "main@sha1:" + commit;
        assertThat(status.artifact().revision()).isEqualTo(revision);
        assertThat(status.artifact().digest()).startsWith("sha256:");
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.conditions()).extracting(Condition::type)
                .containsExactly(ConditionType.READY, ConditionType.ARTIFACT_IN_STORAGE);
        assertThat(status.conditions()).extracting(Condition::message)
                .containsOnly("stored artifact for revision '" + revision + "'");
        assertThat(cluster.object("apps").getMetadata().getFinalizers()).containsExactly("finalizers.fluxcd.io");
        await().untilAsserted(() -> assertThat(events.about(cluster.namespace(), "apps"))
                .singleElement()
                .extracting(event -> ((RevisionObserved) event.event()).revision())
                .isEqualTo(revision));
        await().untilAsserted(() -> assertThat(client.v1().events().inNamespace(cluster.namespace()).list().getItems())
                .anySatisfy(event -> assertThat(event.getMessage())
                        .isEqualTo("stored artifact for commit 'Add the app'")));
    }

    @Test
    void aNewCommitIsFoundByPolling() {
        // Given
        repository.commit("Add the app");
        cluster.source("apps", spec("interval: 1s"));
        cluster.awaitReady("apps");

        // When
        String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
    }

    @Test
    void aRequestByAnnotationIsAnsweredAndEchoed() {
        // Given
        repository.commit("Add the app");
        cluster.source("apps", spec("interval: 1h"));
        cluster.awaitReady("apps");
        String commit = repository.file("app.yaml", "a: 2\n").commit("Change the app");

        // When
        cluster.edit("apps", object -> {
            object.getMetadata().setAnnotations(Map.of("reconcile.fluxcd.io/requestedAt", "now"));
            return object;
        });

        // Then
        GitRepositoryStatus status = cluster.awaitRevision("apps", "main@sha1:" + commit);
        assertThat(status.lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void aForcePushIsFollowed() {
        // Given
        String first = repository.commit("Add the app");
        repository.file("app.yaml", "a: 2\n").commit("To be dropped");
        cluster.source("apps", spec("interval: 1s"));
        cluster.awaitReady("apps");

        // When
        String other = repository.reset(first).file("app.yaml", "a: 3\n").commit("Instead");

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + other);
        assertThat(cluster.condition("apps", ConditionType.READY).isTrue()).isTrue();
    }

    @Test
    void aVanishedBranchIsAFailureThatKeepsTheArtifact() {
        // Given
        String commit = repository.commit("Add the app");
        repository.checkout("release").file("app.yaml", "a: 2\n").commit("Release");
        String released = repository.head("release");
        cluster.source("apps", spec("interval: 1s", "ref: {branch: release}"));
        cluster.awaitReady("apps");

        // When
        repository.checkout("main").deleteBranch("release");

        // Then
        Condition ready = cluster.awaitFailure("apps", "GitOperationFailed");
        assertThat(ready.message()).contains("release");
        assertThat(cluster.condition("apps", ConditionType.FETCH_FAILED).isTrue()).isTrue();
        assertThat(cluster.condition("apps", ConditionType.ARTIFACT_IN_STORAGE).isTrue()).isTrue();
        assertThat(cluster.object("apps").getStatus().artifact().revision()).isEqualTo("release@sha1:" + released);
        assertThat(commit).isNotEqualTo(released);
        await().untilAsserted(() -> assertThat(events.about(cluster.namespace(), "apps"))
                .anySatisfy(event -> assertThat(event.event()).isInstanceOf(SourceFailed.class)));
    }

    @Test
    void wrongCredentialsAreNamedAndNeverShown() {
        // Given
        repository.commit("Add the app");
        server.allow("robot", "right");
        cluster.secret("login", Map.of("username", "robot", "password", "wrong-password"));

        // When
        cluster.source("apps", spec("interval: 1h", "secretRef: {name: login}"));

        // Then
        Condition ready = cluster.awaitFailure("apps", "AuthenticationFailed");
        assertThat(ready.message()).doesNotContain("wrong-password").doesNotContain("right");
        assertThat(cluster.condition("apps", ConditionType.RECONCILING).reason()).isEqualTo("ProgressingWithRetry");
    }

    @Test
    void aSecretThatAppearsLaterIsUsed() {
        // Given
        String commit = repository.commit("Add the app");
        server.allow("robot", "right");
        cluster.source("apps", spec("interval: 1h", "secretRef: {name: login}"));
        assertThat(cluster.awaitFailure("apps", "AuthenticationFailed").message()).contains("login");

        // When
        cluster.secret("login", Map.of("username", "robot", "password", "right"));

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
        cluster.awaitReady("apps");
    }

    @Test
    void anothersUrlIsOfNoUseWithoutCredentials() {
        // Given
        repository.commit("Add the app");
        server.allow("robot", "right");
        cluster.secret("login", Map.of("username", "robot", "password", "right"));
        cluster.source("apps", spec("interval: 1h", "secretRef: {name: login}"));
        cluster.awaitReady("apps");
        TestCluster attacker = new TestCluster(client);

        // When
        attacker.source("apps", spec("interval: 1h"));

        // Then
        attacker.awaitFailure("apps", "AuthenticationFailed");
        assertThat(attacker.object("apps").getStatus().artifact()).isNull();
    }

    @Test
    void aFieldThatIsNotImplementedStallsTheSource() {
        // Given
        repository.commit("Add the app");

        // When
        cluster.source("apps", spec("interval: 1h", "recurseSubmodules: true"));

        // Then
        assertThat(cluster.awaitFailure("apps", "UnsupportedField").message()).contains("spec.recurseSubmodules");
        assertThat(cluster.condition("apps", ConditionType.STALLED).isTrue()).isTrue();
        assertThat(cluster.object("apps").getStatus().observedGeneration()).isEqualTo(1);
    }

    @Test
    void anObjectThatMakesNoSenseStallsAloneAndNotTheWatch() {
        // Given
        String commit = repository.commit("Add the app");

        // When
        cluster.source("broken", spec("interval: 99999999999999h"));
        cluster.source("apps", spec("interval: 1h"));

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
        awaitUnreadable("broken");
    }

    @Test
    void aSuspendedSourceKeepsItsRevision() {
        // Given
        String commit = repository.commit("Add the app");
        cluster.source("apps", spec("interval: 1s", "suspend: true"));

        // When
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.object("apps").getStatus().artifact() == null);
        client.resources(GitRepository.class)
                .inNamespace(cluster.namespace())
                .withName("apps")
                .patch(PatchContext.of(
                        PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":false}}");

        // Then
        cluster.awaitRevision("apps", "main@sha1:" + commit);
    }

    @Test
    void aDeletedSourceIsReleased() {
        // Given
        repository.commit("Add the app");
        cluster.source("apps", spec("interval: 1h"));
        cluster.awaitReady("apps");

        // When
        cluster.delete("apps");

        // Then
        await().until(() -> cluster.object("apps") == null);
    }

    @Test
    void aDeletedSourceThatCannotBeReadIsReleased() {
        // Given
        repository.commit("Add the app");
        cluster.source("apps", spec("interval: 1h"));
        cluster.awaitReady("apps");
        untyped("apps").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"interval\":\"99999999999999h\"}}");
        awaitUnreadable("apps");

        // When
        untyped("apps").delete();

        // Then
        await().until(() -> untyped("apps").get() == null);
    }

    private void awaitUnreadable(String name) {
        await().untilAsserted(() -> assertThat(untyped(name).get().get("status", "conditions").toString())
                .contains("Unreadable"));
    }

    /** An object that its own type cannot hold. */
    private Resource<GenericKubernetesResource> untyped(String name) {
        return client.genericKubernetesResources("source.toolkit.fluxcd.io/v1", "GitRepository")
                .inNamespace(cluster.namespace())
                .withName(name);
    }

    private String spec(String... fields) {
        String branch = String.join("\n", fields).contains("ref:") ? "" : "ref: {branch: main}\n";
        return "url: " + repository.url() + "\n" + branch + String.join("\n", fields) + "\n";
    }
}
