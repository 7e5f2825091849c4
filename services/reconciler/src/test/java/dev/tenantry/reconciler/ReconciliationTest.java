package dev.tenantry.reconciler;

import static dev.tenantry.reconciler.FakeWorld.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.meta.Condition;
import dev.tenantry.kubernetes.meta.ConditionType;
import dev.tenantry.reconciler.apply.Account;
import dev.tenantry.reconciler.apply.ObjectWriter.NotWritten;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.plan.OwnerLabels;
import dev.tenantry.reconciler.queue.Cause;

class ReconciliationTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void aNewTargetIsAppliedAndReadyAtTheSourcesRevision() {
        // Given
        world.put("");
        world.commit("a=1 b=2");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(ready().message()).isEqualTo("Applied revision: " + world.revision);
        assertThat(world.target().status().lastAppliedRevision()).isEqualTo(world.revision);
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(world.target().metadata().finalizers()).containsExactly(Target.FINALIZER);
    }

    @Test
    void theInventoryNamesObjectsBeforeTheyAreMade() {
        // Given
        world.put("");
        world.commit("a=1");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.statuses).hasSize(2);
        var first = world.statuses.getFirst();
        assertThat(Inventory.of(first).contains(configMap("a"))).isTrue();
        assertThat(first.conditions()).extracting(Condition::type).contains(ConditionType.RECONCILING);
    }

    @Test
    void aCommitThatTouchesNothingOfATargetCostsNoBuildAndNoApplyButAdvancesIt() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.touch();

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.builds).isEqualTo(1);
        assertThat(world.applies).isEqualTo(1);
        assertThat(world.target().status().lastAppliedRevision()).isEqualTo(world.revision);
    }

    @Test
    void kindsThatAreServedOnlySinceARunAreFollowedFromThenOn() {
        // Given
        world.put("");
        world.commit("a=1");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.follows).startsWith(0).endsWith(1);
    }

    @Test
    void aCommitAppliesOnlyTheObjectsThatChanged() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=1 b=2");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.applies).isEqualTo(3);
        assertThat(world.objects.get(configMap("b")).at("data", "value").asText()).isEqualTo("2");
    }

    @Test
    void whatAnotherReplicaGotDuringTheBuildIsNotApplied() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.commit("a=2");
        world.duringBuild = () -> world.lostOwnership = true;

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.applies).isEqualTo(1);
        assertThat(ready().message()).doesNotContain(world.revision);
    }

    @Test
    void whatAnotherReplicaGotDuringTheApplyIsNotPruned() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=2");
        world.afterApply = () -> world.lostOwnership = true;

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.objects).containsKey(configMap("b"));
    }

    @Test
    void commitsDoNotPutTheIntervalOff() {
        // Given
        world.put("");
        world.commit("a=1");
        assertThat(world.run(Cause.SPEC)).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
        world.passes(Duration.ofMinutes(6));
        world.commit("a=2");

        // When
        Next next = world.run(Cause.REVISION);

        // Then
        assertThat(next).isEqualTo(new Next.After(Duration.ofMinutes(4), Cause.INTERVAL));
        world.passes(Duration.ofMinutes(4));
        assertThat(world.run(Cause.INTERVAL)).isEqualTo(new Next.After(Duration.ofMinutes(10), Cause.INTERVAL));
    }

    @Test
    void whatLeavesGitLeavesTheCluster() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=1");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a"));
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"));
    }

    @Test
    void withoutPruneObjectsStayAndLeaveTheInventory() {
        // Given
        world.put("prune: false");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.commit("a=1");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"));
    }

    @Test
    void survivorsOfAFailedPruneStayInInventory() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.refused.add(configMap("b"));
        world.commit("a=1");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(ready().reason()).isEqualTo("PruneFailed");
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"), configMap("b"));
    }

    @Test
    void aClusterScopedObjectThatWasAppliedBeforeItsKindWasKnownIsNotPrunedAsItsOwnPredecessor() {
        // Given
        world.put("");
        world.clearsNamespaces = true;
        world.scope = Cluster.Scope.UNKNOWN;
        world.commit("a=1");
        world.run(Cause.SPEC);
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a").inNamespace(""));
        world.scope = Cluster.Scope.CLUSTER;
        world.commit("a=2");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.objects).containsOnlyKeys(configMap("a").inNamespace(""));
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a").inNamespace(""));
    }

    @Test
    void aRunEndsBeforeAnythingIsAppliedWhereTheApiServerCannotTellHowAKindIsServed() {
        // Given
        world.put("");
        world.commit("a=1");
        world.scope = Cluster.Scope.UNREADABLE;

        // When
        Next next = world.run(Cause.SPEC);

        // Then
        assertThat(ready().reason()).isEqualTo("ReconciliationFailed");
        assertThat(ready().message()).contains("ConfigMap of v1");
        assertThat(next).isEqualTo(new Next.After(Duration.ofSeconds(1), Cause.RETRY));
        world.scope = Cluster.Scope.NAMESPACE;
        world.run(Cause.RETRY);
        assertThat(world.objects).containsOnlyKeys(configMap("a"));
    }

    @Test
    void anotherTargetsObjectThatNoWatchTellsOfIsAConflictAndStaysItsOwn() {
        // Given
        world.put(new NamespacedName("team", "other"), "");
        var theirs = Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("team", "a")))
                .withLabels(OwnerLabels.of(new NamespacedName("team", "other")));
        world.objects.put(theirs.ref(), theirs);
        world.unseen.add(theirs.ref());
        world.put("");
        world.commit("a=1 b=1");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().reason()).isEqualTo("Conflict");
        assertThat(world.objects.get(theirs.ref())).isEqualTo(theirs);
        assertThat(inventory().entries()).containsOnlyKeys(configMap("b"));
    }

    @Test
    void anObjectMarkedHandsOffThatNoWatchTellsOfIsLeftAsItIs() {
        // Given
        var marked = Manifest.of(Manifest.skeleton("v1", "ConfigMap", new NamespacedName("team", "a")))
                .withAnnotations(Map.of("kustomize.toolkit.fluxcd.io/reconcile", "disabled"));
        world.objects.put(marked.ref(), marked);
        world.unseen.add(marked.ref());
        world.put("");
        world.commit("a=1");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().isTrue()).isTrue();
        assertThat(world.objects.get(marked.ref())).isEqualTo(marked);
        assertThat(inventory().entries()).isEmpty();
    }

    @Test
    void nothingIsAppliedOverAnObjectThatCannotBeRead() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.unreadable.put(configMap("a"), new NotWritten("the server is busy", true));
        world.commit("a=2");

        // When
        Next next = world.run(Cause.REVISION);

        // Then
        assertThat(ready().message()).contains("ConfigMap/team/a: the server is busy");
        assertThat(next).isEqualTo(new Next.After(Duration.ofSeconds(1), Cause.RETRY));
        assertThat(world.applies).isEqualTo(1);
    }

    @Test
    void aFailedApplyPrunesNothing() {
        // Given
        world.put("");
        world.commit("a=1 b=1");
        world.run(Cause.SPEC);
        world.refused.add(configMap("a"));
        world.commit("a=2");

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(ready().reason()).isEqualTo("ReconciliationFailed");
        assertThat(ready().message()).contains("ConfigMap/team/a: is refused");
        assertThat(world.objects).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(inventory().entries()).containsOnlyKeys(configMap("a"), configMap("b"));
        assertThat(world.target().status().lastAppliedRevision()).isNotEqualTo(world.revision);
    }

    @Test
    void anEmptyRenderOverAnInventoryStallsUntilItIsAllowed() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.commit("");

        // When
        Next next = world.run(Cause.REVISION);

        // Then
        assertThat(ready().reason()).isEqualTo("EmptyRender");
        assertThat(world.target().conditions().isTrue(ConditionType.STALLED)).isTrue();
        assertThat(next).isEqualTo(new Next.WhenWoken());
        assertThat(world.objects).hasSize(1);
    }

    @Test
    void anAllowedEmptyRenderPrunesEverything() {
        // Given
        world.put("");
        world.commit("a=1");
        world.run(Cause.SPEC);
        world.commit("");
        world.targets.put(TargetFixture.withVersion(
                TargetFixture.annotated(world.target(), Map.of("tenantry.dev/allow-empty", "true")), 1000));

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.objects).isEmpty();
        assertThat(ready().isTrue()).isTrue();
    }

    @Test
    void aFailedBuildIsNotRepeatedForACommitThatDoesNotTouchIt() {
        // Given
        world.put("");
        world.commit("broken");
        world.run(Cause.SPEC);
        world.touch();

        // When
        world.run(Cause.REVISION);

        // Then
        assertThat(world.builds).isEqualTo(1);
        assertThat(ready().reason()).isEqualTo("BuildFailed");
        assertThat(world.target().status().lastAttemptedRevision()).isEqualTo(world.revision);
    }

    @Test
    void anUnsupportedFieldStallsWithItsName() {
        // Given
        world.put("force: true");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().message()).contains("spec.force");
        assertThat(world.target().conditions().isTrue(ConditionType.STALLED)).isTrue();
        assertThat(world.applies).isZero();
    }

    @Test
    void aSuspendedTargetIsLeftAlone() {
        // Given
        world.put("suspend: true");
        world.commit("a=1");

        // When
        Next next = world.run(Cause.SPEC);

        // Then
        assertThat(next).isEqualTo(new Next.WhenWoken());
        assertThat(world.applies).isZero();
        assertThat(world.statuses).isEmpty();
    }

    @Test
    void aTenantMayNotUseAnotherNamespacesSource() {
        // Given
        world.put("sourceRef: {kind: GitRepository, name: apps, namespace: other}");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(ready().reason()).isEqualTo("AccessDenied");
        assertThat(world.applies).isZero();
    }

    @Test
    void aTenantWithoutAnAccountAppliesAsTheDefaultOne() {
        // Given
        world.put("");
        world.commit("a=1");

        // When
        world.run(Cause.SPEC);

        // Then
        assertThat(world.accounts).containsOnly(new Account("team", "default"));
    }

    @Test
    void aRunEndsWhenAnotherReplicaWroteTheStatus() {
        // Given
        world.put("");
        world.commit("a=1");
        world.superseded = true;

        // When
        Next next = world.run(Cause.SPEC);

        // Then
        assertThat(world.objects).isEmpty();
        assertThat(next).isInstanceOf(Next.After.class);
    }

    private Condition ready() {
        return world.target().conditions().find(ConditionType.READY).orElseThrow();
    }

    private Inventory inventory() {
        return Inventory.of(world.target().status());
    }
}
